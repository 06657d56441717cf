package dev.agentctl.telegram;

import dev.agentctl.chat.FormattedText;
import dev.agentctl.chat.MarkdownText;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.TextSplit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.InputFile;

/// One call's worth of an outgoing message. The same message always has the same parts.
sealed interface Part {
    /// Goes before a part that may have arrived already.
    String REPEAT = "↻ may be a repeat\n";

    int LONGEST_TEXT = 4096 - REPEAT.length();
    int LONGEST_CAPTION = 1024 - REPEAT.length();
    int MOST_TEXTS = 3;
    long LARGEST_UPLOAD = 50L * 1024 * 1024;

    record Words(FormattedText text) implements Part {}

    record Upload(InputFile file, String caption) implements Part {}

    record Reaction(String messageId, String emoji) implements Part {}

    /// Empty if there is nothing to show.
    static List<Part> of(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Text text -> text(text.session(), text.markdown());
            case Outgoing.Card card -> text(card.session(), card.withCommands());
            case Outgoing.CardChange change -> text(change.session(), change.outcome());
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
        byte[] whole = markdown.getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Words(texts.getFirst()),
                new Upload(
                        new InputFile(new ByteArrayInputStream(whole), "message.md"),
                        "The whole message, which would be " + texts.size() + " here."));
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

    /// Why a file cannot be sent, as the end of a sentence about it.
    private static Optional<String> obstacle(Path file) {
        try {
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
    private static String emoji(Outgoing.Progress progress) {
        return switch (progress) {
            case STORED -> "👀";
            case TYPED -> "✍";
            case ACCEPTED -> "👍";
        };
    }
}
