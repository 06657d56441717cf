package dev.agentctl.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Text with its formatting beside it instead of in it, so that no wording can break the markup.
///
/// @param entities by offset, the outer before the inner; two either nest or do not touch
public record FormattedText(String text, List<TextEntity> entities) {
    public FormattedText {
        entities = List.copyOf(entities);
    }

    public static FormattedText plain(String text) {
        return new FormattedText(text, List.of());
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    /// The same with a plain text before it.
    public FormattedText prefixed(String prefix) {
        return new FormattedText(
                prefix + text,
                entities.stream()
                        .map(entity -> entity.at(entity.offset() + prefix.length(), entity.length()))
                        .toList());
    }

    /// The same with another below it.
    public FormattedText followedBy(String gap, FormattedText other) {
        FormattedText moved = other.prefixed(text + gap);
        List<TextEntity> all = new ArrayList<>(entities);
        all.addAll(moved.entities);
        return new FormattedText(moved.text, all);
    }

    /// Its beginning, if it is longer than so many UTF-16 units.
    public FormattedText shortened(int longest) {
        if (text.length() <= longest) {
            return this;
        }
        int end = Math.max(0, longest - 1);
        end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        FormattedText begin = part(0, end);
        return new FormattedText(begin.text + "…", begin.entities);
    }

    /// A stretch of it; entities are clipped at its borders, and a fence keeps its language.
    FormattedText part(int begin, int end) {
        List<TextEntity> clipped = new ArrayList<>();
        for (TextEntity entity : entities) {
            clip(entity, begin, end).ifPresent(clipped::add);
        }
        return new FormattedText(text.substring(begin, end), clipped);
    }

    private static Optional<TextEntity> clip(TextEntity entity, int begin, int end) {
        int from = Math.max(entity.offset(), begin);
        int to = Math.min(entity.end(), end);
        return from < to ? Optional.of(entity.at(from - begin, to - from)) : Optional.empty();
    }
}
