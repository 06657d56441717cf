package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/// `up` without `--detach`: stays for as long as the supervisor lives, shows a person what happens, and stops
/// everything at Ctrl-C or TERM.
///
/// The supervisor is a process of its own all the same, so that this one may be killed without harm to it.
final class Foreground {
    private final Agentctl root;
    private final Surroundings surroundings;
    private final Process process;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private final List<Thread> stops = new ArrayList<>();

    /// Whether it was said what became of the stop, which two may have asked for.
    private final AtomicBoolean told = new AtomicBoolean();

    private enum Event {
        STOP_ASKED,
        SUPERVISOR_ENDED
    }

    Foreground(Agentctl root, Process process) {
        this.root = root;
        this.surroundings = root.surroundings();
        this.process = process;
    }

    ExitCode run() throws CommandFailure, InterruptedException {
        Object interrupt = Signals.register("INT", () -> events.add(Event.STOP_ASKED));
        Object terminate = Signals.register("TERM", () -> events.add(Event.STOP_ASKED));
        try {
            return follow();
        } finally {
            Signals.unregister("INT", interrupt);
            Signals.unregister("TERM", terminate);
        }
    }

    private ExitCode follow() throws CommandFailure, InterruptedException {
        Thread.ofVirtual().name("end of the supervisor").start(this::awaitEnd);
        // what agents say belongs before a person's eyes, not into the journal of a service manager
        if (surroundings.interactive()) {
            surroundings.out().println("Ctrl-C stops it and every agent");
            Thread.ofVirtual().name("console").start(this::show);
        }
        if (events.take() == Event.SUPERVISOR_ENDED) {
            return ended(process.exitValue());
        }
        if (endsUpon("stopping every agent; once more to kill those that have not ended")
                || endsUpon("killing what has not ended; once more to leave that to the background")) {
            // each ends with its supervisor: what came of it is told first
            for (Thread stop : stops) {
                stop.join();
            }
            return ExitCode.OK;
        }
        return ExitCode.ERROR;
    }

    /// Asks for the end of everything. False when that is asked for again before the supervisor has ended.
    private boolean endsUpon(String words) throws InterruptedException {
        surroundings.out().println(words);
        stops.add(Thread.ofVirtual().name("stop").start(this::stop));
        return events.take() == Event.SUPERVISOR_ENDED;
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        events.add(Event.SUPERVISOR_ENDED);
    }

    private void stop() {
        try {
            ControlReply reply = root.supervisor().askPatiently(new ControlRequest.Down(false));
            if (!told.getAndSet(true)) {
                Answers.print(surroundings, reply);
            }
        } catch (CommandFailure e) {
            if (!told.getAndSet(true)) {
                surroundings.err().println(e.line());
            }
        }
    }

    private void show() {
        try (ControlClient client = root.supervisor().connect()) {
            client.send(new ControlRequest.OpenConsole());
            while (true) {
                if (client.receive() instanceof ControlReply.Said said) {
                    surroundings.out().println(SaidText.of(said));
                }
            }
        } catch (CommandFailure | IOException _) {
            // the supervisor has ended, which is told elsewhere
        }
    }

    private ExitCode ended(int status) throws CommandFailure {
        if (status == 0) {
            surroundings.out().println("the supervisor was stopped");
            return ExitCode.OK;
        }
        throw new CommandFailure(
                ExitCode.ERROR,
                "the supervisor ended with status " + status + " (see "
                        + surroundings.state().roleLog(surroundings.supervisor().role())
                        + "); its agents run on, start it again with: agentctl up");
    }
}
