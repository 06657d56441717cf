package dev.agentctl.recording;

import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Some menus of vttest, on 80 columns and 24 rows as it wants them.
final class VttestRecordings {
    private static final String MENU = "Enter choice number";
    private static final int SCREENS = 40;

    /// What to try.
    ///
    /// @param path the numbers that lead to a menu
    /// @param items the numbers to choose there, one after the other
    private record Tour(List<Integer> path, List<Integer> items) {}

    private VttestRecordings() {}

    static Recording make(String name) throws IOException, InterruptedException, PtyStartException {
        Path folder = Files.createTempDirectory("recording").toRealPath();
        try (Recorder recorder = new Recorder(name, command(folder))) {
            Tour tour = tour(name);
            recorder.await(MENU);
            for (int number : tour.path()) {
                recorder.type(number + "\r").look("menu " + number);
            }
            for (int number : tour.items()) {
                item(recorder, number);
            }
            return recorder.end("0\r".repeat(tour.path().size() + 1));
        } finally {
            ProgramRecordings.remove(folder);
        }
    }

    private static void item(Recorder recorder, int number) throws InterruptedException {
        recorder.type(number + "\r");
        for (int screen = 0; screen < SCREENS && !recorder.shows(MENU); screen++) {
            recorder.look("item " + number + ", screen " + screen).type("\r");
        }
    }

    private static PtyCommand command(Path folder) {
        return ProgramRecordings.command(folder, List.of("vttest", "24x80.80"), 80, 24);
    }

    private static Tour tour(String name) {
        return switch (name) {
            case "vttest-cursor" -> new Tour(List.of(), List.of(1));
            case "vttest-screen" -> new Tour(List.of(), List.of(2));
            case "vttest-charsets" -> new Tour(List.of(3), List.of(8, 9));
            case "vttest-doublesize" -> new Tour(List.of(), List.of(4));
            case "vttest-vt102" -> new Tour(List.of(), List.of(8));
            case "vttest-colours" -> new Tour(List.of(11, 6), List.of(2, 3, 4, 5, 6, 7, 8, 9));
            case "vttest-moves" -> new Tour(List.of(11, 5), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
            case "vttest-ecma48" -> new Tour(List.of(11, 7), List.of(2, 3, 4, 5, 6));
            case "vttest-vt220" -> new Tour(List.of(11, 1, 2), List.of(2, 3, 4));
            default -> throw new IllegalArgumentException("no recording " + name);
        };
    }
}
