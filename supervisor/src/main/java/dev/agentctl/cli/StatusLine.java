package dev.agentctl.cli;

import dev.agentctl.control.SessionReport;
import java.util.List;

/// The text of the line below an attached session.
///
/// @param others who was attached already
/// @param key the label of the key that detaches
record StatusLine(String project, boolean readOnly, List<String> others, String key) {
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
    String drawing(Known known, WindowSize window) {
        int columns = window.columns();
        String right = " " + key + " detaches ";
        String place = "\u001b[" + window.rows() + ";";
        String text = text(known);
        StringBuilder out = new StringBuilder(place).append("1H\u001b[0;7m").append(" ".repeat(columns));
        out.append(place)
                .append("1H ")
                .append(text, 0, text.offsetByCodePoints(0, Math.min(columns, text.codePointCount(0, text.length()))));
        if (right.length() <= columns) {
            out.append(place).append(columns - right.length() + 1).append('H').append(right);
        }
        return out.append("\u001b[0m").toString();
    }

    private String text(Known known) {
        String state = switch (known) {
            case Known.Unknown(String why) -> why;
            case Known.Is(SessionReport session) -> state(session);
        };
        return project + (readOnly ? " (read-only)" : "") + " · " + state
                + (others.isEmpty() ? "" : " · found here: " + Printable.line(String.join(", ", others)));
    }

    private static String state(SessionReport session) {
        String evidence = Printable.line(session.evidence());
        String shortened = Printable.beginning(evidence, MOST_EVIDENCE);
        return session.state()
                + (shortened.isEmpty() ? "" : " (" + shortened + ")")
                + (session.queued() == 0 ? "" : " · " + session.queued() + " queued");
    }
}
