package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.SessionReport;
import java.util.ArrayList;
import java.util.List;

/// `status` for a person: aligned columns, a session's messages below, then the notices.
final class StatusTable {
    private static final String[] HEAD = {"NAME", "AGENT", "STATE", "SINCE", "RESTARTS", "QUEUED", "EVIDENCE"};
    private static final String GAP = "  ";
    private static final int LONGEST_TEXT = 40;

    private StatusTable() {}

    /// @param now milliseconds since the epoch
    static String of(ControlReply.Report report, long now) {
        StringBuilder out = new StringBuilder();
        if (report.sessions().isEmpty()) {
            out.append("no projects are configured\n");
        } else {
            sessions(out, report.sessions(), now);
        }
        if (report.sessions().size() == 1) {
            report.sessions()
                    .getFirst()
                    .tokens()
                    .ifPresent(tokens -> out.append("tokens: ")
                            .append(Printable.line(tokens.words()))
                            .append('\n'));
        }
        for (SessionReport session : report.sessions()) {
            messages(out, session.messages());
        }
        for (SessionReport session : report.sessions()) {
            if (session.lostBytes().orElse(0) > 0) {
                out.append("note: ").append(lost(session)).append('\n');
            }
        }
        for (String notice : report.notices()) {
            out.append("note: ").append(Printable.line(notice)).append('\n');
        }
        return out.toString();
    }

    private static String lost(SessionReport session) {
        String name = Printable.line(session.name());
        return session.lostBytes().orElse(0) + " bytes of the log of " + name + " are lost; see: agentctl logs " + name;
    }

    private static void sessions(StringBuilder out, List<SessionReport> sessions, long now) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        for (SessionReport session : sessions) {
            rows.add(new String[] {
                Printable.line(session.name()),
                session.agent(),
                session.state(),
                Times.ago(session.since(), now),
                String.valueOf(session.restarts()),
                String.valueOf(session.queued()),
                Printable.line(session.evidence())
            });
        }
        table(out, rows);
    }

    private static void messages(StringBuilder out, List<MessageReport> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"MESSAGE", "DELIVERY"});
        for (MessageReport message : messages) {
            rows.add(new String[] {
                Printable.beginning(Printable.line(message.text()), LONGEST_TEXT), Printable.line(message.way())
            });
        }
        out.append('\n');
        table(out, rows);
    }

    private static void table(StringBuilder out, List<String[]> rows) {
        int[] widths = widths(rows);
        for (String[] row : rows) {
            line(out, row, widths);
        }
    }

    private static int[] widths(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }

    private static void line(StringBuilder out, String[] row, int[] widths) {
        int start = out.length();
        for (int i = 0; i < row.length; i++) {
            out.append(row[i]);
            if (i < row.length - 1) {
                out.repeat(' ', widths[i] - row[i].length()).append(GAP);
            }
        }
        int end = out.length();
        while (end > start && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
        out.append('\n');
    }
}
