package dev.agentctl.agent;

/// A person's message made safe to be typed into an agent.
///
/// Typed text is keys: a control character would press one, an escape would end the paste and turn the rest into
/// keys, a leading `/` or `!` would be a command of the agent that no permission guards.
public final class Prompt {
    private static final String COMMAND_SIGNS = "/!#@$?&";
    /// Letters and a symbol that are drawn as nothing.
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0\u2800";

    private static final String WORD_BEFORE = "[operator] ";

    private Prompt() {}

    /// The text as the agent is to receive it: control, bidirectional and invisible characters dropped, and a word put
    /// before what would be a command (a space is not enough: some agents strip it).
    public static String safe(String message) {
        String text = printable(message).strip();
        return isCommand(text) ? WORD_BEFORE + text : text;
    }

    /// Whether the first character that can be seen makes a command. What is invisible before it an agent may trim.
    private static boolean isCommand(String text) {
        return text.codePoints()
                .filter(Prompt::isVisible)
                .limit(1)
                .anyMatch(first -> COMMAND_SIGNS.indexOf(first) >= 0);
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.UNASSIGNED -> false;
            default -> FILLERS.indexOf(point) < 0;
        };
    }

    /// Whether a prompt that an agent reported contains a message; agents may trim and wrap it.
    public static boolean contains(String reported, String message) {
        return squeeze(reported).contains(squeeze(message));
    }

    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .filter(Prompt::keep)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean keep(int point) {
        if (point == '\n' || point == '\t') {
            return true;
        }
        if (point == 0x200c || point == 0x200d) {
            // joiners: scripts and emoji families need them
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String squeeze(String text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        text.codePoints().filter(point -> !Character.isWhitespace(point)).forEach(squeezed::appendCodePoint);
        return squeezed.toString();
    }
}
