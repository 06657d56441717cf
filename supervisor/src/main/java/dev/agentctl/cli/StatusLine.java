package dev.agentctl.cli;

import dev.agentctl.control.SessionReport;
import java.util.List;
import java.util.stream.Stream;

/// The text of the line below an attached session.
///
/// @param key the label of the key that detaches
record StatusLine(String project, boolean readOnly, String key) {
    /// So much of the evidence is shown where there is not room for all.
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
        String begin = project + (readOnly ? " (read-only)" : "") + " · ";
        String whole = begin + state(known, Integer.MAX_VALUE);
        String alone = begin + state(known, MOST_EVIDENCE);
        String named = others.isEmpty() ? "" : " · also here: " + Printable.line(String.join(", ", others));
        String number = others.isEmpty() ? "" : " · " + others.size() + " more here";
        return Stream.of(whole + named, whole + number, alone + named)
                .filter(text -> text.codePointCount(0, text.length()) <= room)
                .findFirst()
                .orElse(alone + number);
    }

    private static String state(Known known, int mostEvidence) {
        return switch (known) {
            case Known.Unknown(String why) -> why;
            case Known.Is(SessionReport session) -> state(session, mostEvidence);
        };
    }

    private static String state(SessionReport session, int mostEvidence) {
        String evidence = Printable.line(session.evidence());
        String shortened = Printable.beginning(evidence, mostEvidence);
        return session.state()
                + (shortened.isEmpty() ? "" : " (" + shortened + ")")
                + (session.queued() == 0 ? "" : " · " + session.queued() + " queued");
    }
}
