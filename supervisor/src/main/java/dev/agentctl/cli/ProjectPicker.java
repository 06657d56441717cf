package dev.agentctl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A list of projects to choose one from, at the operator's terminal.
final class ProjectPicker {
    private static final int OTHER_ROWS = 2;
    private static final int MOST_NUMBERED = 9;
    /// One key; a slow line may bring several at once.
    private static final Pattern KEY = Pattern.compile("\u001b\\[[0-?]*[@-~]|\u001bO.|.", Pattern.DOTALL);

    private final ClientTerminal terminal;
    private final List<ProjectChoice> choices;
    private final int nameWidth;
    private int chosen;

    /// Begins at the first that runs: no other can be attached to.
    ProjectPicker(ClientTerminal terminal, List<ProjectChoice> choices) {
        this.terminal = terminal;
        this.choices = choices;
        this.chosen = Math.max(
                0, choices.stream().map(ProjectChoice::running).toList().indexOf(true));
        this.nameWidth = choices.stream()
                .mapToInt(choice -> choice.name().length())
                .max()
                .orElse(0);
    }

    /// Waits for the choice; empty where the person leaves without one.
    Optional<String> pick() throws IOException {
        terminal.onResize(this::paintQuietly);
        terminal.onResume(this::paintQuietly);
        paint();
        byte[] bytes = new byte[64];
        int count = terminal.read(bytes);
        while (count > 0) {
            String typed = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            Matcher keys = KEY.matcher(typed);
            while (keys.find()) {
                switch (press(typed.substring(keys.start(), keys.end()))) {
                    case CHOOSES -> {
                        return Optional.of(choices.get(chosen).name());
                    }
                    case LEAVES -> {
                        return Optional.empty();
                    }
                    case STAYS -> {
                        // the next key may be here already
                    }
                }
            }
            paint();
            count = terminal.read(bytes);
        }
        return Optional.empty();
    }

    private enum Outcome {
        STAYS,
        CHOOSES,
        LEAVES
    }

    private Outcome press(String key) {
        switch (key) {
            case "\r", "\n", " " -> {
                return Outcome.CHOOSES;
            }
            case "q", "\u001b", "\u0003", "\u0004", "\u001c" -> {
                return Outcome.LEAVES;
            }
            case "k", "\u001b[A", "\u001bOA", "\u0010" -> move(-1);
            case "j", "\u001b[B", "\u001bOB", "\u000e", "\t" -> move(1);
            case "\u001b[5~", "\u0002" -> move(-page());
            case "\u001b[6~", "\u0006" -> move(page());
            case "g", "\u001b[H", "\u001bOH", "\u001b[1~" -> chosen = 0;
            case "G", "\u001b[F", "\u001bOF", "\u001b[4~" -> chosen = choices.size() - 1;
            default -> {
                int number = key.length() == 1 ? key.charAt(0) - '1' : -1;
                if (number >= 0 && number < Math.min(MOST_NUMBERED, choices.size())) {
                    chosen = number;
                    // of more it may be the first digit of another number
                    return choices.size() <= MOST_NUMBERED ? Outcome.CHOOSES : Outcome.STAYS;
                }
            }
        }
        return Outcome.STAYS;
    }

    private void move(int by) {
        chosen = Math.clamp((long) chosen + by, 0, choices.size() - 1);
    }

    private int page() {
        return Math.max(1, terminal.size().rows() - OTHER_ROWS);
    }

    private void paintQuietly() {
        try {
            paint();
        } catch (IOException _) {
            // the terminal is gone, and the read ends
        }
    }

    /// Lines that are too long are cut by the terminal: it does not wrap.
    private synchronized void paint() throws IOException {
        int rows = page();
        int first = Math.max(0, Math.min(chosen - rows / 2, choices.size() - rows));
        StringBuilder out = new StringBuilder("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H\u001b[0;1m");
        String which = choices.size() <= rows ? "project" : "of " + choices.size() + " projects";
        out.append("Attach to which ")
                .append(which)
                .append("? Up and Down choose, Enter attaches, q leaves\u001b[0m\u001b[K\r\n\u001b[K");
        for (int i = first; i < Math.min(choices.size(), first + rows); i++) {
            out.append("\r\n").append(i == chosen ? "\u001b[7m" : "");
            out.append(line(i)).append("\u001b[0m\u001b[K");
        }
        terminal.write(out.append("\u001b[J").toString().getBytes(StandardCharsets.UTF_8));
    }

    private String line(int index) {
        ProjectChoice choice = choices.get(index);
        String number = index < MOST_NUMBERED ? Integer.toString(index + 1) : " ";
        String name = choice.name() + " ".repeat(nameWidth - choice.name().length());
        String state =
                choice.state() + " ".repeat(Math.max(0, 18 - choice.state().length()));
        return " " + number + "  " + name + "  " + state + " " + Printable.line(choice.line());
    }
}
