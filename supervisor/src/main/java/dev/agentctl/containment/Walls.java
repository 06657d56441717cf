package dev.agentctl.containment;

import dev.agentctl.project.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A sandbox as bubblewrap's arguments.
///
/// bubblewrap stays as the parent of what it starts and passes its exit status on. It leads the terminal's session, in
/// one process group with the agent, so keys and a stop's signals reach both: it ignores them, and the agent gets
/// their usual meaning back. `SIGHUP` is not among them: when the terminal's host dies, bubblewrap ends, and by that
/// the kernel tells the agent. Not `--die-with-parent`: it acts when the *thread* ends that started it, as at the
/// host's `execv` (2 of 2 children died).
final class Walls {
    static final String SIGNALS = "INT,QUIT,TSTP,TERM";

    /// Everything there, no process but its own, and of root's powers none that leads out: to unmount what hides, to
    /// look into other processes, to open files by their number, to make and read disks.
    static final List<String> BASE = List.of(
            "--dev-bind",
            "/",
            "/",
            "--proc",
            "/proc",
            "--unshare-pid",
            "--cap-drop",
            "CAP_SYS_ADMIN",
            "--cap-drop",
            "CAP_SYS_PTRACE",
            "--cap-drop",
            "CAP_SYS_MODULE",
            "--cap-drop",
            "CAP_SYS_RAWIO",
            "--cap-drop",
            "CAP_DAC_READ_SEARCH",
            "--cap-drop",
            "CAP_MKNOD");

    private Walls() {}

    /// What stands at a place.
    private enum Wall {
        OPEN("--bind"),
        READ_ONLY("--ro-bind"),
        HIDDEN("--tmpfs");

        private final String option;

        Wall(String option) {
            this.option = option;
        }
    }

    /// What is needed of our own state folder.
    ///
    /// @param state the folder, hidden but for the others
    /// @param run the session's own
    /// @param hook the script that agents run as their hook
    record Doors(Path state, Path run, Path hook) {}

    /// @throws IOException if a place cannot be told; the message is for a person
    static List<String> arguments(Sandbox sandbox, Path directory, Doors doors) throws IOException {
        // by depth, so that what is within another is set after it
        Map<Path, Wall> walls =
                new TreeMap<>(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()));
        put(walls, doors.state(), Wall.HIDDEN);
        Path home = directory.toRealPath();
        walls.put(home, Wall.OPEN);
        for (Path path : sandbox.readOnly()) {
            if (Files.notExists(path)) {
                throw new IOException("read_only: there is no " + path);
            }
            put(walls, path, Wall.READ_ONLY);
        }
        for (Path path : sandbox.hidden()) {
            put(walls, path, Wall.HIDDEN);
        }
        if (walls.get(home) == Wall.HIDDEN) {
            throw new IOException("hidden: " + directory + " is the project's own directory");
        }
        put(walls, doors.run(), Wall.OPEN);
        put(walls, doors.hook(), Wall.READ_ONLY);
        List<String> arguments = new ArrayList<>();
        walls.forEach((path, wall) -> arguments.addAll(arguments(path, wall)));
        if (!sandbox.network()) {
            arguments.add("--unshare-net");
        }
        arguments.addAll(List.of("--chdir", directory.toString()));
        return arguments;
    }

    /// What is not there need not be hidden; a link hides nothing by itself.
    private static void put(Map<Path, Wall> walls, Path path, Wall wall) throws IOException {
        if (Files.exists(path)) {
            walls.put(path.toRealPath(), wall);
        }
    }

    private static List<String> arguments(Path path, Wall wall) {
        String place = path.toString();
        if (wall != Wall.HIDDEN) {
            return List.of(wall.option, place, place);
        }
        return Files.isDirectory(path) ? List.of(wall.option, place) : List.of("--ro-bind", "/dev/null", place);
    }

    /// What the agent's own command is put after.
    static List<String> inside(Path env) {
        return List.of("--", env.toString(), "--default-signal=" + SIGNALS);
    }
}
