package dev.agentctl.recording;

import dev.agentctl.terminal.Screen;
import dev.agentctl.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a terminal showed at a checkpoint.
record ShownScreen(String label, List<List<ShownCell>> rows) {
    ShownScreen {
        rows = List.copyOf(rows);
    }

    /// What our own terminal shows at every checkpoint.
    static List<ShownScreen> ours(Recording recording) {
        Terminal terminal = new Terminal(recording.columns(), recording.rows(), 1000, _ -> {});
        List<ShownScreen> screens = new ArrayList<>();
        for (RecordedEvent event : recording.events()) {
            switch (event) {
                case RecordedEvent.Output(String text) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    terminal.feed(bytes, 0, bytes.length);
                }
                case RecordedEvent.Resize(int columns, int rows) -> terminal.resize(columns, rows);
                case RecordedEvent.Checkpoint(String label) -> screens.add(of(label, terminal.screen()));
            }
        }
        return screens;
    }

    private static ShownScreen of(String label, Screen screen) {
        List<List<ShownCell>> rows = new ArrayList<>();
        for (int row = 0; row < screen.rows(); row++) {
            List<ShownCell> cells = new ArrayList<>();
            for (int column = 0; column < screen.columns(); column++) {
                cells.add(ShownCell.of(screen.cell(row, column)));
            }
            rows.add(List.copyOf(cells));
        }
        return new ShownScreen(label, rows);
    }

    int columns() {
        return rows.getFirst().size();
    }
}
