package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Where an attachment begins: the supervisor's drawing of the screen, and the place in the log that it stands for.
/// Without a supervisor it is the tail of the log, which draws the screen again, more or less.
final class Picture {
    private static final long TAIL = 256 << 10;
    /// The supervisor hears of a new size a little later than the host.
    private static final int TRIES_FOR_SIZE = 15;

    private static final long PAUSE_MILLIS = 20;

    private final Agentctl root;
    private final String project;
    private volatile boolean live;

    Picture(Agentctl root, String project) {
        this.root = root;
        this.project = project;
    }

    /// @param bytes what to show first
    /// @param size of the screen that the bytes draw; empty where they draw none
    record Start(long offset, long sequence, byte[] bytes, Optional<WindowSize> size) {}

    /// Whether the last picture was a drawing of the supervisor's.
    boolean isLive() {
        return live;
    }

    Path hostSocket() {
        return root.surroundings().state().hostSocket();
    }

    /// Takes the picture as it is now.
    ///
    /// @param wanted the size that it should have, because it was just asked of the host
    Start take(Optional<WindowSize> wanted, int historyLines) throws CommandFailure, InterruptedException {
        Start start = ask(historyLines);
        for (int i = 0;
                i < TRIES_FOR_SIZE
                        && live
                        && wanted.isPresent()
                        && !start.size().equals(wanted);
                i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            start = ask(historyLines);
        }
        return start;
    }

    private Start ask(int historyLines) throws CommandFailure {
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Redraw(project, historyLines));
            if (reply instanceof ControlReply.Painted painted) {
                live = true;
                return new Start(
                        painted.offset(),
                        painted.sequence(),
                        painted.bytes(),
                        Optional.of(new WindowSize(painted.columns(), painted.rows())));
            }
            throw Answers.unexpected(reply);
        } catch (CommandFailure e) {
            if (e.code() != ExitCode.UNREACHABLE && e.code() != ExitCode.TIMED_OUT) {
                throw e;
            }
            live = false;
            return new Start(-TAIL, -1, "\u001b[H\u001b[2J".getBytes(StandardCharsets.US_ASCII), Optional.empty());
        }
    }
}
