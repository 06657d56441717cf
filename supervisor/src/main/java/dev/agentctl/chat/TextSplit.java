package dev.agentctl.chat;

import java.util.ArrayList;
import java.util.List;

/// Cuts a long text into messages: at a blank line, else at a line's end, else at a blank, else anywhere but inside a
/// surrogate pair. The same text is always cut alike, so that a delivery can go on where it stopped.
public final class TextSplit {
    /// Enough for `12/34` and its line break.
    private static final int NUMBER = 12;
    /// Chats show no more than this many entities of a message.
    private static final int MOST_ENTITIES = 100;
    /// The chat's server counts the entities' own size too, and refuses somewhat above this many bytes.
    private static final int MOST_ENTITY_BYTES = 9_000;
    private static final int ENTITY_BYTES = 64;

    private TextSplit() {}

    /// The messages, each at most `limit` UTF-16 units long and, if there are several, beginning with its number
    /// (`1/3`). Empty if there is nothing to show.
    ///
    /// @param limit at least 32
    public static List<FormattedText> split(FormattedText whole, int limit) {
        if (whole.isBlank()) {
            return List.of();
        }
        List<FormattedText> parts = whole.text().length() <= limit ? List.of(whole) : cut(whole, limit - NUMBER);
        List<FormattedText> numbered = new ArrayList<>();
        for (FormattedText part : parts) {
            String number = parts.size() == 1 ? "" : (numbered.size() + 1) + "/" + parts.size() + "\n";
            numbered.add(bounded(part).prefixed(number));
        }
        return numbered;
    }

    private static List<FormattedText> cut(FormattedText whole, int limit) {
        List<FormattedText> parts = new ArrayList<>();
        String text = whole.text();
        int begin = 0;
        while (begin < text.length()) {
            int end = text.length() - begin <= limit ? text.length() : cutBefore(whole, begin, begin + limit);
            int trimmed = withoutBlanks(text, begin, end);
            if (trimmed > begin) {
                parts.add(whole.part(begin, trimmed));
            }
            begin = nextBegin(whole, end);
        }
        return parts;
    }

    /// Where to cut at the latest possible good place; only the second half of the stretch is looked at, so that no
    /// part is tiny.
    private static int cutBefore(FormattedText whole, int begin, int latest) {
        String text = whole.text();
        int earliest = begin + (latest - begin) / 2;
        int blankLine = lastOutsidePre(whole, "\n\n", earliest, latest);
        if (blankLine > 0) {
            return blankLine;
        }
        int line = lastOutsidePre(whole, "\n", earliest, latest);
        if (line > 0) {
            return line;
        }
        int anyLine = text.lastIndexOf('\n', latest);
        if (anyLine > earliest) {
            return anyLine;
        }
        int blank = text.lastIndexOf(' ', latest);
        if (blank > earliest) {
            return blank;
        }
        return Character.isHighSurrogate(text.charAt(latest - 1)) ? latest - 1 : latest;
    }

    private static int lastOutsidePre(FormattedText whole, String mark, int earliest, int latest) {
        int at = whole.text().lastIndexOf(mark, latest);
        while (at > earliest) {
            if (!isInPre(whole, at)) {
                return at;
            }
            at = whole.text().lastIndexOf(mark, at - 1);
        }
        return -1;
    }

    private static boolean isInPre(FormattedText whole, int at) {
        return whole.entities().stream()
                .anyMatch(entity -> entity.type() == TextEntity.Type.PRE && entity.offset() <= at && at < entity.end());
    }

    private static int withoutBlanks(String text, int begin, int end) {
        int last = end;
        while (last > begin && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    /// Skips the blanks at a cut, but keeps the indentation of code.
    private static int nextBegin(FormattedText whole, int end) {
        String text = whole.text();
        int begin = end;
        while (begin < text.length()
                && (isInPre(whole, begin) ? text.charAt(begin) == '\n' : Character.isWhitespace(text.charAt(begin)))) {
            begin++;
        }
        return begin;
    }

    private static FormattedText bounded(FormattedText part) {
        List<TextEntity> kept = new ArrayList<>();
        int bytes = 0;
        for (TextEntity entity : part.entities()) {
            bytes += ENTITY_BYTES + entity.url().orElse("").length();
            if (kept.size() == MOST_ENTITIES || bytes > MOST_ENTITY_BYTES) {
                break;
            }
            kept.add(entity);
        }
        return new FormattedText(part.text(), kept);
    }
}
