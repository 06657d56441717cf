package dev.agentctl.cli;

import dev.agentctl.control.SessionReport;
import java.util.List;

/// The text of the line below an attached session.
///
/// @param key the label of the key that detaches
record StatusLine(String project, boolean readOnly, String key) {
    private static final int MOST_EVIDENCE = 40;

    /// What is known of the session.
    sealed interface Known {
        /// As the supervisor says.
        record Is(SessionReport session) implements Known {}

        /// Why nothing is known.
        record Unknown(String why) implements Known {}
    }

    /// The bytes that draw it in the last row. Written with autowrap off: what is too long is cut by the terminal,
    /// which knows how wide its characters are, and the key's part is written over the end.
    ///
    /// @param others who else is attached
    String drawing(Known known, List<String> others, WindowSize window) {
        int columns = window.columns();
        String right = " " + key + " detaches ";
        String place = "\u001b[" + window.rows() + ";";
        String text = text(known, others, columns - right.length() - 1);
        StringBuilder out = new StringBuilder(place).append("1H\u001b[0;7m").append(" ".repeat(columns));
        out.append(place)
                .append("1H ")
                .append(text, 0, text.offsetByCodePoints(0, Math.min(columns, text.codePointCount(0, text.length()))));
        if (right.length() <= columns) {
            out.append(place).append(columns - right.length() + 1).append('H').append(right);
        }
        return out.append("\u001b[0m").toString();
    }

    /// Who else is there is told by name where that leaves the rest to be read, else by their number.
    private String text(Known known, List<String> others, int room) {
        String state = switch (known) {
            case Known.Unknown(String why) -> why;
            case Known.Is(SessionReport session) -> state(session);
        };
        String alone = project + (readOnly ? " (read-only)" : "") + " · " + state;
        if (others.isEmpty()) {
            return alone;
        }
        String named = alone + " · also here: " + Printable.line(String.join(", ", others));
        return named.codePointCount(0, named.length()) <= room ? named : alone + " · " + others.size() + " more here";
    }

    private static String state(SessionReport session) {
        String evidence = Printable.line(session.evidence());
        String shortened = Printable.beginning(evidence, MOST_EVIDENCE);
        return session.state()
                + (shortened.isEmpty() ? "" : " (" + shortened + ")")
                + (session.queued() == 0 ? "" : " · " + session.queued() + " queued");
    }
}
