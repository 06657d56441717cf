package dev.agentctl.store;

import dev.agentctl.chat.Button;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The buttons of a card as text: a line for each, an empty line after each row.
final class ButtonRows {
    private static final String FIELD = "\t";
    private static final int FIELDS = 3;

    private ButtonRows() {}

    static String write(List<List<Button>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ButtonRows::line).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Button button) {
        return button.action() + FIELD + oneLine(button.command()) + FIELD + oneLine(button.label()) + "\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }

    static List<List<Button>> read(String text) {
        List<List<Button>> rows = new ArrayList<>();
        for (String block : text.split("\n\n", -1)) {
            List<Button> row = Arrays.stream(block.split("\n", -1))
                    .map(line -> line.split(FIELD, FIELDS))
                    .filter(fields -> fields.length == FIELDS)
                    .map(fields -> new Button(fields[2], fields[0], fields[1]))
                    .toList();
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
