package dev.agentctl.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What tmux shows of a recording.
final class TmuxScreens {
    private TmuxScreens() {}

    /// @param ours our own terminal's screens, as [TmuxCapture] needs them
    static List<ShownScreen> of(Recording recording, List<ShownScreen> ours) throws IOException, InterruptedException {
        TmuxCapture captures = new TmuxCapture();
        List<ShownScreen> screens = new ArrayList<>();
        try (TmuxPane pane = new TmuxPane(recording.columns(), recording.rows())) {
            for (RecordedEvent event : recording.withoutQueries().events()) {
                switch (event) {
                    case RecordedEvent.Output(String text) -> pane.write(text);
                    case RecordedEvent.Resize(int columns, int rows) -> pane.resize(columns, rows);
                    case RecordedEvent.Checkpoint _ ->
                        screens.add(captures.screen(pane.capture(), ours.get(screens.size())));
                }
            }
        }
        return screens;
    }
}
