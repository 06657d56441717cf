package dev.agentctl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A list of projects to choose one from, at the operator's terminal.
final class ProjectPicker {
    private static final int OTHER_ROWS = 2;

    private final ClientTerminal terminal;
    private final List<ProjectChoice> choices;
    private final int nameWidth;
    private int chosen;

    ProjectPicker(ClientTerminal terminal, List<ProjectChoice> choices) {
        this.terminal = terminal;
        this.choices = choices;
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
        byte[] keys = new byte[64];
        int count = terminal.read(keys);
        while (count > 0) {
            String typed = new String(keys, 0, count, StandardCharsets.ISO_8859_1);
            switch (typed) {
                case "\r", "\n", " " -> {
                    return Optional.of(choices.get(chosen).name());
                }
                case "q", "\u001b", "\u0003", "\u0004", "\u001c" -> {
                    return Optional.empty();
                }
                case "k", "\u001b[A", "\u001bOA", "\u0010" -> chosen = Math.max(0, chosen - 1);
                case "j", "\u001b[B", "\u001bOB", "\u000e", "\t" -> chosen = Math.min(choices.size() - 1, chosen + 1);
                default -> {
                    int number = typed.length() == 1 ? typed.charAt(0) - '1' : -1;
                    if (number >= 0 && number < Math.min(9, choices.size())) {
                        return Optional.of(choices.get(number).name());
                    }
                }
            }
            paint();
            count = terminal.read(keys);
        }
        return Optional.empty();
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
        int rows = Math.max(1, terminal.size().rows() - OTHER_ROWS);
        int first = Math.max(0, Math.min(chosen - rows / 2, choices.size() - rows));
        StringBuilder out = new StringBuilder("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H\u001b[0;1m");
        out.append(
                "Attach to which project? Up and Down choose, Enter attaches, q leaves\u001b[0m\u001b[K\r\n\u001b[K");
        for (int i = first; i < Math.min(choices.size(), first + rows); i++) {
            out.append("\r\n").append(i == chosen ? "\u001b[7m" : "");
            out.append(line(i)).append("\u001b[0m\u001b[K");
        }
        terminal.write(out.append("\u001b[J").toString().getBytes(StandardCharsets.UTF_8));
    }

    private String line(int index) {
        ProjectChoice choice = choices.get(index);
        String number = index < 9 ? Integer.toString(index + 1) : " ";
        String name = choice.name() + " ".repeat(nameWidth - choice.name().length());
        String state =
                choice.state() + " ".repeat(Math.max(0, 18 - choice.state().length()));
        return " " + number + "  " + name + "  " + state + " " + Printable.line(choice.line());
    }
}
