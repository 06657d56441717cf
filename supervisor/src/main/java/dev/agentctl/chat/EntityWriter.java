package dev.agentctl.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Collects text and entities from beginning to end and keeps the entities valid: styles of one type do not nest,
/// none lies around code, none is empty or ends in blanks.
final class EntityWriter {
    private final StringBuilder text = new StringBuilder();
    private final List<TextEntity> entities = new ArrayList<>();
    private final Deque<Style> open = new ArrayDeque<>();
    private String indent = "";
    private int breaksDue;
    private int freshFrom = -1;

    /// An open style.
    ///
    /// @param offset where it begins; -1 if a style of its type was open already, so that it means nothing
    private record Style(TextEntity.Type type, int offset, Optional<String> url) {
        boolean counts() {
            return offset >= 0;
        }

        boolean surroundsCode() {
            return switch (type) {
                case BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE -> true;
                case BOLD, ITALIC, STRIKETHROUGH, CODE, PRE, TEXT_LINK -> false;
            };
        }

        Style at(int newOffset) {
            return new Style(type, newOffset, url);
        }
    }

    /// Before the next text there will be at least so many line breaks, unless nothing is before it or a style has
    /// just been opened.
    void lineBreaks(int count) {
        if (text.length() != freshFrom) {
            breaksDue = Math.max(breaksDue, count);
        }
    }

    /// What every further line begins with.
    void indent(String blanks) {
        indent = blanks;
    }

    String indent() {
        return indent;
    }

    void write(String words) {
        if (!words.isEmpty()) {
            startLine();
            text.append(words);
        }
    }

    void open(TextEntity.Type type, Optional<String> url) {
        startLine();
        boolean already = open.stream().anyMatch(style -> style.type() == type);
        open.push(new Style(type, already ? -1 : text.length(), url));
        freshFrom = text.length();
    }

    /// Closes what was opened last.
    void close() {
        finish(open.pop());
    }

    /// Closes what was opened last under the given type, which is known only now.
    void closeAs(TextEntity.Type type) {
        Style style = open.pop();
        finish(new Style(type, style.offset(), style.url()));
    }

    /// A stretch of code within a line. A link around it stays a link instead.
    void code(String code) {
        if (open.stream().anyMatch(style -> style.type() == TextEntity.Type.TEXT_LINK)) {
            write(code);
        } else {
            verbatim(code, TextEntity.Type.CODE, Optional.empty());
        }
    }

    /// A block of code; not indented.
    void pre(String block, Optional<String> language) {
        String outer = indent;
        indent = "";
        verbatim(block, TextEntity.Type.PRE, language);
        indent = outer;
    }

    FormattedText finished() {
        int end = endWithoutBlanks(0, text.length());
        entities.sort(Comparator.comparingInt(TextEntity::offset)
                .thenComparing(Comparator.comparingInt(TextEntity::length).reversed())
                .thenComparing(TextEntity::type, Comparator.reverseOrder()));
        return new FormattedText(text.substring(0, end), entities);
    }

    private void verbatim(String code, TextEntity.Type type, Optional<String> language) {
        if (code.isBlank()) {
            write(code);
            return;
        }
        startLine();
        List<Style> suspended =
                open.stream().filter(style -> !style.surroundsCode()).toList();
        suspended.forEach(this::finish);
        int begin = text.length();
        text.append(code);
        add(new TextEntity(type, begin, code.length(), language, Optional.empty()));
        resume(suspended);
    }

    private void resume(List<Style> suspended) {
        List<Style> styles = new ArrayList<>(open);
        open.clear();
        for (Style style : styles) {
            open.addLast(suspended.contains(style) && style.counts() ? style.at(text.length()) : style);
        }
    }

    private void finish(Style style) {
        if (style.counts() && style.offset() < text.length()) {
            add(new TextEntity(
                    style.type(), style.offset(), text.length() - style.offset(), Optional.empty(), style.url()));
        }
    }

    /// The chat's server would cut blanks off the ends of inline styles, and must not be surprised by what is left.
    private void add(TextEntity entity) {
        int end = endWithoutBlanks(entity.offset(), entity.end());
        int begin = entity.offset();
        while (isInline(entity.type()) && begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        if (begin < end) {
            entities.add(entity.at(begin, end - begin));
        }
    }

    private static boolean isInline(TextEntity.Type type) {
        return switch (type) {
            case BOLD, ITALIC, STRIKETHROUGH, CODE, TEXT_LINK -> true;
            case PRE, BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE -> false;
        };
    }

    private int endWithoutBlanks(int begin, int end) {
        int last = end;
        while (last > begin && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private void startLine() {
        if (text.isEmpty()) {
            breaksDue = 0;
            return;
        }
        if (breaksDue > 0) {
            text.repeat('\n', breaksDue);
            breaksDue = 0;
            text.append(indent);
        }
    }
}
