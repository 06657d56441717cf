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
            case 4, 5 -> palette(text(payload, from, length), number == 5 ? Colours.SPECIAL : 0);
            case 8 -> link(text(payload, from, length));
            case 9 -> notification(payload, from, length);
            case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> dynamicColours(number, text(payload, from, length));
            case 52 -> events.onEvent(new TerminalEvent.ClipboardDropped(length - from));
            case 104 -> resetPalette(text(payload, from, length), 0, Colours.SPECIAL);
            case 105 -> resetPalette(text(payload, from, length), Colours.SPECIAL, Colours.SPECIAL_COUNT);
            case 110, 111, 112, 113, 114, 115, 116, 117, 118, 119 -> state.colours.resetDynamic(number - 100);
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

    /// `4;entry;colour`, repeatable; `?` for the colour asks for it.
    ///
    /// @param first the number that entry 0 has among our [Colours]
    private void palette(String text, int first) {
        String[] parts = text.split(";", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            int entry = first + number(parts[i]).orElse(-1 - first);
            if (!Colours.isEntry(entry)) {
                continue;
            }
            if (parts[i + 1].equals("?")) {
                reports.colour((first == 0 ? "4;" : "5;") + (entry - first), state.colours.entry(entry));
            } else {
                ColourText.read(parts[i + 1]).ifPresent(rgb -> state.colours.setEntry(entry, rgb));
            }
        }
    }

    /// `10;colour` sets the text's colour; further parameters mean the next numbers: background, cursor and so on.
    private void dynamicColours(int first, String text) {
        String[] parts = text.split(";", -1);
        for (int i = 0; i < parts.length && first + i <= Colours.LAST_DYNAMIC; i++) {
            int number = first + i;
            if (parts[i].equals("?")) {
                reports.colour(Integer.toString(number), state.colours.dynamic(number));
            } else {
                ColourText.read(parts[i]).ifPresent(rgb -> state.colours.setDynamic(number, rgb));
            }
        }
    }

    private void resetPalette(String text, int first, int count) {
        if (text.isEmpty()) {
            state.colours.resetEntries(first, first + count);
            return;
        }
        for (String part : text.split(";", -1)) {
            number(part).ifPresent(entry -> state.colours.resetEntry(first + entry));
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
