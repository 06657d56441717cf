package dev.agentctl.cli;

import dev.agentctl.containment.Abilities;
import dev.agentctl.project.Limits;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Executable;
import dev.agentctl.pty.NativeLibraries;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Warmth;
import dev.agentctl.wire.FolderTree;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What `doctor` looks at in the machine.
final class MachineChecks {
    /// Held, since the library of loggers holds them weakly: what pty4j reports of its unpacking is none of doctor's
    /// findings.
    private static final Logger PTY4J = Logger.getLogger("com.pty4j");

    private static final int OLDEST_JAVA = 25;
    /// The host's own files, and what one session takes, with readers of its log.
    private static final long OWN_DESCRIPTORS = 64;

    private static final long DESCRIPTORS_PER_SESSION = 16;

    Finding java() {
        return java(Runtime.version(), String.valueOf(System.getProperty("java.home")));
    }

    static Finding java(Runtime.Version version, String home) {
        String what = "Java " + version + " at " + home;
        if (version.feature() < OLDEST_JAVA) {
            return Finding.fail("java", what + " is too old; install a JDK " + OLDEST_JAVA + " or newer");
        }
        return losesThreads(version)
                ? Finding.warn(
                        "java",
                        what + " may let a waiting tool call sleep for good (JDK-8369227); install 25.0.3, 26.0.1 or"
                                + " newer")
                : Finding.ok("java", what);
    }

    /// A virtual thread that parks with a time limit and then without one may never be woken; every request of an agent
    /// has one. It came with 25 and is mended in 25.0.3, 26.0.1 and 27.
    private static boolean losesThreads(Runtime.Version version) {
        int mended = switch (version.feature()) {
            case 25 -> 3;
            case 26 -> 1;
            default -> 0;
        };
        return version.interim() == 0 && version.update() < mended;
    }

    /// Opens a pseudo-terminal with a child on it.
    Finding terminal(StateFolder state) throws IOException, InterruptedException {
        PTY4J.setLevel(Level.WARNING);
        Path place = placeForLibraries(state);
        Path libraries = Files.createTempDirectory(place, "agentctl-doctor");
        try {
            NativeLibraries.unpackInto(libraries);
            return terminal();
        } catch (LinkageError e) {
            return Finding.fail(
                    "terminal",
                    "the library for pseudo-terminals cannot be loaded (" + e.getMessage() + "); is " + place
                            + " mounted noexec? the state folder (AGENTCTL_HOME) must not be");
        } finally {
            FolderTree.delete(libraries);
        }
    }

    private static Finding terminal() throws InterruptedException {
        try {
            int status = Warmth.check();
            return status == 0
                    ? Finding.ok("terminal", "a program runs in a pseudo-terminal")
                    : Finding.fail("terminal", "/bin/true in a pseudo-terminal ended with status " + status);
        } catch (PtyStartException | IOException e) {
            return Finding.fail("terminal", "no pseudo-terminal can be used: " + e.getMessage());
        }
    }

    /// The host unpacks into the state folder; before there is one, what it will be made in is mounted as it will be.
    private static Path placeForLibraries(StateFolder state) throws IOException {
        Path temporary = Path.of(String.valueOf(System.getProperty("java.io.tmpdir")));
        if (Files.exists(state.path())) {
            return state.complaint().isEmpty() ? state.path() : temporary;
        }
        for (Path above = state.path().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return Files.isWritable(above) ? above : temporary;
            }
        }
        return temporary;
    }

    /// The script that agents call as their hook is one of bash.
    Finding bash(String searchPath) {
        Optional<Path> bash = Executable.find("bash", searchPath);
        return bash.isPresent()
                ? Finding.ok("bash", "bash at " + bash.get())
                : Finding.fail(
                        "bash",
                        "no bash on PATH, and the agents' hooks need it; install it, for example: apt install bash");
    }

    /// Where leftover processes of a session are found.
    Finding processes() {
        return Files.isReadable(Path.of("/proc/self/environ"))
                ? Finding.ok("proc", "/proc shows our processes")
                : Finding.warn(
                        "proc", "/proc cannot be read, so processes that escape a session are not found; mount it");
    }

    /// What holds the sessions' processes; a project that asks for more than there is does not start.
    List<Finding> containment(Map<String, String> environment, List<Project> projects) {
        Abilities abilities = Abilities.find(environment);
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.ok("containment", "sessions are held by their process group and a mark in the environment"));
        findings.add(Finding.ok("limits", "limits of a project: " + words(abilities.limits())));
        findings.add(Finding.ok("sandbox", "sandbox of a project: " + words(abilities.sandbox())));
        for (Project project : projects) {
            if (!project.limits().equals(Limits.NONE) && abilities.limits() instanceof Abilities.Lacking(String why)) {
                findings.add(Finding.fail("limits", "project " + project.name() + " cannot have its limits: " + why));
            }
            if (project.sandbox().isPresent() && abilities.sandbox() instanceof Abilities.Lacking(String why)) {
                findings.add(Finding.fail("sandbox", "project " + project.name() + " cannot have its sandbox: " + why));
            }
        }
        return findings;
    }

    private static String words(Abilities.Ability ability) {
        return switch (ability) {
            case Abilities.Works works -> "by " + works.words();
            case Abilities.Lacking(String why) -> "none here: " + why;
            case Abilities.Untried(String why) -> "not known now: " + why;
        };
    }

    Finding descriptors(int projects) throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.isReadable(limits)) {
            return Finding.warn("files", "the limit of open files is unknown; look with: ulimit -n");
        }
        long needed = OWN_DESCRIPTORS + DESCRIPTORS_PER_SESSION * projects;
        for (String line : Files.readAllLines(limits)) {
            if (line.startsWith("Max open files")) {
                String soft = line.substring("Max open files".length()).strip().split(" +", -1)[0];
                boolean enough = soft.equals("unlimited") || Long.parseLong(soft) >= needed;
                String what = soft + " files may be open, " + needed + " are needed for " + projects + " projects";
                return enough
                        ? Finding.ok("files", what)
                        : Finding.fail("files", what + "; raise it, for example: ulimit -n 4096");
            }
        }
        return Finding.warn("files", "the limit of open files is unknown; look with: ulimit -n");
    }
}
