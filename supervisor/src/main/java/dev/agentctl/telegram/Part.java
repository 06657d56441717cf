package dev.agentctl.telegram;

import dev.agentctl.chat.Button;
import dev.agentctl.chat.FormattedText;
import dev.agentctl.chat.MarkdownText;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.TextSplit;
import dev.agentctl.store.OutboxRow;
import dev.agentctl.store.ShownCard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.InputFile;

/// One call's worth of an outgoing message. The same message always has the same parts.
sealed interface Part {
    /// Goes before a part that may have arrived already.
    String REPEAT = "↻ may be a repeat\n";

    String GAP = "\n\n";
    int LONGEST_TEXT = 4096 - REPEAT.length();
    int LONGEST_CAPTION = 1024 - REPEAT.length();
    int MOST_TEXTS = 3;
    long LARGEST_UPLOAD = 50L * 1024 * 1024;

    /// Some words.
    ///
    /// @param buttons below them, row by row
    record Words(FormattedText text, List<List<Button>> buttons) implements Part {
        Words(FormattedText text) {
            this(text, List.of());
        }
    }

    /// New words in place of a message's, and no buttons any more.
    ///
    /// @param otherwise what to send where the message cannot be changed
    record Edit(int messageId, FormattedText text, Words otherwise) implements Part {}

    record Upload(InputFile file, String caption) implements Part {}

    record Reaction(String messageId, Optional<String> emoji) implements Part {}

    /// Empty if there is nothing to show.
    static List<Part> of(OutboxRow row) {
        return switch (row.what()) {
            case Outgoing.Text text -> text(named(row, text.session()), text.markdown());
            case Outgoing.Card card -> card(row, card);
            case Outgoing.Live live -> live(row, live);
            case Outgoing.CardChange change -> change(row, change);
            case Outgoing.Document document -> document(document);
            case Outgoing.Receipt receipt -> List.of(new Reaction(receipt.messageId(), emoji(receipt.progress())));
        };
    }

    private static List<Part> text(Optional<String> session, String markdown) {
        String name = session.map(known -> "[" + known + "] ").orElse("");
        List<FormattedText> texts =
                TextSplit.split(MarkdownText.render(markdown).prefixed(name), LONGEST_TEXT);
        if (texts.size() <= MOST_TEXTS) {
            return texts.stream().<Part>map(Words::new).toList();
        }
        return List.of(new Words(texts.getFirst()), whole(markdown, texts.size()));
    }

    private static Upload whole(String markdown, int parts) {
        byte[] bytes = markdown.getBytes(StandardCharsets.UTF_8);
        return new Upload(
                new InputFile(new ByteArrayInputStream(bytes), "message.md"),
                "The whole message, which would be " + parts + " here.");
    }

    /// The buttons are below the last part, which is always words.
    private static List<Part> card(OutboxRow row, Outgoing.Card card) {
        List<Part> parts = new ArrayList<>(text(named(row, card.session()), card.markdown()));
        if (parts.isEmpty()) {
            return parts;
        }
        if (parts.getLast() instanceof Upload) {
            Collections.reverse(parts);
        }
        if (parts.removeLast() instanceof Words(FormattedText text, var _)) {
            parts.add(new Words(text, card.rows()));
        }
        return parts;
    }

    /// A thread's messages need not name their session: it is whose thread it is.
    private static Optional<String> named(OutboxRow row, Optional<String> session) {
        return row.to().thread().isPresent() ? Optional.empty() : session;
    }

    private static List<Part> live(OutboxRow row, Outgoing.Live live) {
        List<Part> parts = text(named(row, live.session()), live.markdown());
        if (parts.isEmpty() || !(parts.getFirst() instanceof Words words)) {
            return List.of();
        }
        Optional<Integer> id = live.shownAs().flatMap(Part::number);
        return List.of(id.isPresent() ? new Edit(id.get(), words.text(), words) : words);
    }

    private static List<Part> change(OutboxRow row, Outgoing.CardChange change) {
        Optional<ShownCard> shown = row.changes();
        List<Part> outcome = text(named(row, change.session()), change.outcome());
        Optional<Integer> id = shown.flatMap(ShownCard::messageId).flatMap(Part::number);
        if (id.isPresent()
                && outcome.size() == 1
                && outcome.getFirst() instanceof Words otherwise
                && card(row, shown.orElseThrow().card()).getLast() instanceof Words(FormattedText before, var _)) {
            FormattedText below = MarkdownText.render(change.outcome());
            FormattedText now = before.shortened(LONGEST_TEXT - below.text().length() - GAP.length())
                    .followedBy(GAP, below);
            return List.of(new Edit(id.get(), now, otherwise));
        }
        return outcome;
    }

    /// A message's id as a number, if it is one.
    static Optional<Integer> number(String id) {
        return id.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(id)) : Optional.empty();
    }

    private static List<Part> document(Outgoing.Document document) {
        FormattedText caption = MarkdownText.render(document.caption());
        Optional<String> obstacle = obstacle(document.file());
        if (obstacle.isPresent()) {
            return List.of(new Words(FormattedText.plain("⚠ " + document.name() + " " + obstacle.get())));
        }
        InputFile upload = new InputFile(document.file().toFile(), document.name());
        if (caption.text().length() <= LONGEST_CAPTION) {
            return List.of(new Upload(upload, caption.text()));
        }
        List<FormattedText> words = TextSplit.split(caption, LONGEST_TEXT);
        return List.of(new Words(words.getFirst()), new Upload(upload, ""));
    }

    /// Why a file cannot be sent, as the end of a sentence about it. It was found by its real path, perhaps hours ago:
    /// a link on it now would lead elsewhere, and an agent in a sandbox may make one to what it must not see.
    private static Optional<String> obstacle(Path file) {
        try {
            if (!file.toRealPath().equals(file)) {
                return Optional.of("is now behind a link, which is not followed.");
            }
            long size = Files.isRegularFile(file) && Files.isReadable(file) ? Files.size(file) : -1;
            if (size < 0) {
                return Optional.of("cannot be read any more.");
            }
            if (size > LARGEST_UPLOAD) {
                return Optional.of("is larger than the 50 MB that a bot may send.");
            }
            return size == 0 ? Optional.of("is empty, and Telegram takes no empty files.") : Optional.empty();
        } catch (IOException _) {
            return Optional.of("cannot be read any more.");
        }
    }

    /// Telegram allows bots only some emoji; a check mark is not among them.
    private static Optional<String> emoji(Outgoing.Progress progress) {
        return switch (progress) {
            case STORED -> Optional.of("👀");
            case TYPED -> Optional.of("✍");
            case ACCEPTED -> Optional.of("👍");
            case WITHDRAWN -> Optional.empty();
        };
    }
}
