package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.Build;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.SuccessionCall;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Starts the supervisor in the background and waits until it answers.
final class SupervisorStart {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SHOW_PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOG_TAIL = 8 << 10;
    /// As [dev.agentctl.wire.RoleLaunch] has the roles write: date, time, level, message.
    private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [A-Z]+ ");

    private final Agentctl root;
    private final Surroundings surroundings;

    SupervisorStart(Agentctl root) {
        this.root = root;
        this.surroundings = root.surroundings();
    }

    /// Starts one unless one is running. Of two that are started at once, one wins and serves both callers.
    void ensureRunning() throws CommandFailure, IOException, InterruptedException {
        if (running()) {
            hintAtOtherBuild();
        } else {
            start(true);
            // the one that won may be another one's
            ConfigurationInForce.require(root);
        }
    }

    /// Says what to do where another build than this one runs.
    private void hintAtOtherBuild() {
        try {
            SuccessionCall call = new SuccessionCall(surroundings.state().supervisorSocket(), "supervisor");
            if (!call.about().build().equals(Build.own())) {
                surroundings
                        .err()
                        .println("agentctl: the running supervisor is of another build; to replace it, and no agent"
                                + " notices: agentctl upgrade");
            }
        } catch (IOException _) {
            // one that is too old to be asked
        }
    }

    /// Starts one.
    ///
    /// @throws CommandFailure with [ExitCode#CONFLICT] when one is running
    Process startOnly() throws CommandFailure, IOException, InterruptedException {
        if (running()) {
            throw conflict();
        }
        return start(false);
    }

    @SuppressWarnings("try") // that it could be opened is the answer
    private boolean running() throws CommandFailure {
        try (ControlClient ignored = root.supervisor().connect()) {
            return true;
        } catch (CommandFailure e) {
            if (e.code() == ExitCode.UNREACHABLE) {
                return false;
            }
            throw e;
        }
    }

    private Process start(boolean othersWill) throws CommandFailure, IOException, InterruptedException {
        StateFolder folder = root.preparedState();
        Path log = folder.roleLog(surroundings.supervisor().role());
        long before = Files.exists(log) ? Files.size(log) : 0;
        Process process = surroundings.supervisor().start(folder, root.roleEnvironment());
        long began = System.nanoTime();
        boolean told = false;
        while (!running()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) && !(othersWill && lost(process))) {
                throw ended(process, log, before);
            }
            long waited = System.nanoTime() - began;
            if (waited > PATIENCE_NANOS) {
                throw new CommandFailure(
                        ExitCode.TIMED_OUT,
                        "the supervisor, process " + process.pid() + ", does not answer yet; see " + log);
            }
            if (!told && waited > SHOW_PROGRESS_NANOS && surroundings.interactive()) {
                told = true;
                surroundings.err().println("starting the supervisor ...");
            }
        }
        return process;
    }

    /// Whether it ended because another one is there. Then that one is worth waiting for.
    private static boolean lost(Process process) throws InterruptedException {
        // an ended process makes waitFor return at once, so the pause between two looks is here
        TimeUnit.MILLISECONDS.sleep(20);
        return process.exitValue() == ExitCode.CONFLICT.number();
    }

    private CommandFailure ended(Process process, Path log, long before) {
        int status = process.exitValue();
        if (status == ExitCode.CONFLICT.number()) {
            return conflict();
        }
        String why = lastWords(log, before).orElse("the supervisor ended with status " + status + "; see " + log);
        return new CommandFailure(ExitCode.ERROR, why);
    }

    private CommandFailure conflict() {
        return new CommandFailure(
                ExitCode.CONFLICT,
                "a supervisor is already running, process "
                        + RoleLock.holder(surroundings.state().supervisorLock())
                        + "; stop it with: agentctl down; let it become this build with: agentctl upgrade");
    }

    /// What the role said last, after offset `before` of its log.
    private static Optional<String> lastWords(Path log, long before) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            // the log was put aside when it is shorter than it was
            long start = file.length() < before ? 0 : before;
            file.seek(Math.max(start, file.length() - LOG_TAIL));
            byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(tail);
            return lastWords(new String(tail, StandardCharsets.UTF_8));
        } catch (IOException _) {
            // then there is nothing to show
            return Optional.empty();
        }
    }

    /// The message of the last entry; where there is none, as when Java itself cannot start, the last line.
    static Optional<String> lastWords(String log) {
        List<String> lines = log.lines().filter(line -> !line.isBlank()).toList();
        for (String line : lines.reversed()) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.lookingAt()) {
                return Optional.of(line.substring(entry.end()));
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast().strip());
    }
}
