package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// OSC: titles, hyperlinks, notifications, marks, colour queries, program status. Unknown ones are swallowed.
final class OperatingSystemCommands {
    private static final int TITLE_LIMIT = 256;
    private static final int TEXT_LIMIT = 4096;
    private static final int LINK_LIMIT = 2048;

    private final TerminalState state;
    private final Reports reports;
    private final TerminalEvents events;

    OperatingSystemCommands(TerminalState state, Reports reports, TerminalEvents events) {
        this.state = state;
        this.reports = reports;
        this.events = events;
    }

    void apply(byte[] payload, int length) {
        int end = 0;
        int number = 0;
        while (end < length && end < 6 && payload[end] >= '0' && payload[end] <= '9') {
            number = number * 10 + payload[end] - '0';
            end++;
        }
        if (end == 0 || (end < length && payload[end] != ';')) {
            return;
        }
        int from = Math.min(end + 1, length);
        switch (number) {
            case 0, 2 -> title(HostileText.clean(payload, from, length, TITLE_LIMIT));
            case 4 -> paletteQuery(text(payload, from, length));
            case 8 -> link(text(payload, from, length));
            case 9 -> notification(payload, from, length);
            case 10, 11, 12 -> colourQuery(number, text(payload, from, length));
            case 52 -> events.onEvent(new TerminalEvent.ClipboardDropped(length - from));
            case 133 -> promptMark(text(payload, from, length));
            case 777 -> titledNotification(text(payload, from, length));
            case 7501 -> programStatus(text(payload, from, length));
            default -> {}
        }
    }

    private static String text(byte[] payload, int from, int to) {
        return new String(payload, from, to - from, StandardCharsets.UTF_8);
    }

    private void title(String title) {
        if (!title.equals(state.title)) {
            state.title = title;
            events.onEvent(new TerminalEvent.Title(title));
        }
    }

    /// `4;entry;?`, repeatable.
    private void paletteQuery(String text) {
        String[] parts = text.split(";", Parameters.LIMIT);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            OptionalInt entry = number(parts[i]);
            if (parts[i + 1].equals("?") && entry.isPresent() && entry.getAsInt() < 256) {
                reports.colour("4;" + entry.getAsInt(), Palette.entry(entry.getAsInt()));
            }
        }
    }

    /// `10;?` asks for the foreground; further `?` ask for the next numbers: background and cursor.
    private void colourQuery(int first, String text) {
        String[] parts = text.split(";", 4);
        for (int i = 0; i < parts.length && first + i <= 12; i++) {
            if (parts[i].equals("?")) {
                int number = first + i;
                reports.colour(Integer.toString(number), number == 11 ? Palette.BACKGROUND : Palette.FOREGROUND);
            }
        }
    }

    /// `8;id=x:…;URI` begins a link, an empty URI ends it.
    private void link(String text) {
        int split = text.indexOf(';');
        if (split < 0) {
            return;
        }
        String target = text.substring(split + 1);
        boolean sound = target.length() <= LINK_LIMIT && target.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        String id = "";
        for (String parameter : text.substring(0, split).split(":", Parameters.LIMIT)) {
            if (parameter.startsWith("id=")
                    && parameter.length() <= TITLE_LIMIT
                    && parameter.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                id = parameter.substring(3);
            }
        }
        boolean ends = target.isEmpty() || !sound;
        state.pen.setExtra(state.pen.extra.withLink(ends ? "" : target, ends ? "" : id));
    }

    private void notification(byte[] payload, int from, int length) {
        String text = HostileText.clean(payload, from, length, TEXT_LIMIT);
        if (text.startsWith("4;")) {
            String[] parts = text.split(";", 4);
            int progress = number(parts[1]).orElse(-1);
            int percent = parts.length > 2 ? number(parts[2]).orElse(0) : 0;
            if (progress >= 0 && progress <= 4) {
                events.onEvent(new TerminalEvent.Progress(progress, Math.clamp(percent, 0, 100)));
            }
        } else if (!text.isEmpty()) {
            events.onEvent(new TerminalEvent.Notification("", text));
        }
    }

    private void titledNotification(String text) {
        String[] parts = text.split(";", 3);
        if (parts.length == 3 && parts[0].equals("notify")) {
            events.onEvent(new TerminalEvent.Notification(
                    HostileText.clean(parts[1], TITLE_LIMIT), HostileText.clean(parts[2], TEXT_LIMIT)));
        }
    }

    private void promptMark(String text) {
        if (text.isEmpty() || "ABCD".indexOf(text.charAt(0)) < 0) {
            return;
        }
        String[] parts = text.split(";", 3);
        OptionalInt exitCode = text.charAt(0) == 'D' && parts.length > 1 ? number(parts[1]) : OptionalInt.empty();
        events.onEvent(new TerminalEvent.PromptMark(text.charAt(0), exitCode));
    }

    private void programStatus(String text) {
        if (text.equals("?")) {
            reports.programStatusSupported();
        } else {
            ProgramStatusText.parse(text).ifPresent(events::onEvent);
        }
    }

    private static OptionalInt number(String digits) {
        boolean sound =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return sound ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
