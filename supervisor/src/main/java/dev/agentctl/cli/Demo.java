package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.SessionReport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One run of the demo, from an empty folder to none. One thread takes the events, prints and writes.
///
/// A person's lines go to the chat as they are typed. Those of a script wait for the person's turn, so that what it
/// says does not depend on how fast anything is.
final class Demo {
    private static final String QUIT = "/quit";
    private static final long WORK_MILLIS = 1_500;
    private static final long SCRIPTED_WORK_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 60;

    private final Surroundings surroundings;
    private final boolean scripted;
    private final BlockingQueue<DemoEvent> events = new LinkedBlockingQueue<>();
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final DemoStory story = new DemoStory();
    private boolean writing;

    Demo(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.scripted = !surroundings.interactive();
    }

    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        try (StopSignals _ = new StopSignals(() -> events.add(new DemoEvent.StopAsked()))) {
            DemoHome home = DemoHome.create(workMillis());
            try {
                play(home);
            } finally {
                clean(home);
            }
            return ExitCode.OK;
        }
    }

    private long workMillis() {
        return scripted ? SCRIPTED_WORK_MILLIS : WORK_MILLIS;
    }

    private void play(DemoHome home) throws CommandFailure, IOException, InterruptedException {
        tell("This is agentctl with a sample agent, in " + home.path() + ". Ctrl-C ends it.");
        tell("Starting a host, which owns the agents' terminals, and a supervisor, which looks after them ...");
        Agentctl root = new Agentctl(new Surroundings(
                home.environment(surroundings.environment()),
                surroundings.in(),
                surroundings.out(),
                surroundings.err(),
                false,
                surroundings.supervisor()));
        new SupervisorStart(root).startOnly();
        tell("The agent 'demo' works in a terminal of its own. What follows is the chat, as you"
                + " would have it on your phone.");
        try (DemoConsole console = DemoConsole.open(root.supervisor().connect(), surroundings.in(), events)) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = next(root) && write(console);
            }
        }
    }

    /// Deals with the next event.
    ///
    /// @return whether to go on
    private boolean next(Agentctl root) throws CommandFailure, InterruptedException {
        switch (await()) {
            case DemoEvent.Shown(ControlReply.Said said) -> shown(said);
            case DemoEvent.LineDone() -> writing = false;
            case DemoEvent.Typed(String line) -> lines.add(line);
            case DemoEvent.InputEnded() -> lines.add(QUIT);
            case DemoEvent.KillDue() -> kill(root);
            case DemoEvent.StopAsked() -> {
                return false;
            }
            case DemoEvent.SupervisorGone() ->
                throw new CommandFailure(
                        ExitCode.UNREACHABLE, "the demo's supervisor has ended; begin again with: agentctl demo");
        }
        return true;
    }

    private DemoEvent await() throws CommandFailure, InterruptedException {
        if (!scripted || story.personsTurn()) {
            return events.take();
        }
        DemoEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new CommandFailure(
                    ExitCode.TIMED_OUT, "the sample agent did not go on within " + PATIENCE_SECONDS + " s");
        }
        return event;
    }

    private void shown(ControlReply.Said said) {
        surroundings.out().println(SaidText.of(said));
        story.heard(said).ifPresent(this::follow);
    }

    private void follow(DemoStory.Next next) {
        switch (next) {
            case INVITE_ANSWER -> tell("The agent waits for you, for days if need be. Answer it with:  /to demo blue");
            case KILL ->
                // a person is given time to read
                CompletableFuture.delayedExecutor(workMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> events.add(new DemoEvent.KillDue()));
            case INVITE_PLAY ->
                tell("It came back and knew where it was. Now it is yours:  /sessions   /status demo   /to demo hello"
                        + "   /screen demo   /quit");
        }
    }

    private void kill(Agentctl root) throws CommandFailure {
        ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.of(DemoHome.PROJECT)));
        if (reply instanceof ControlReply.Report report) {
            for (SessionReport session : report.sessions()) {
                if (session.pid() != 0) {
                    tell("Now an accident: the agent's process is killed (kill -9 " + session.pid() + ").");
                    ProcessHandle.of(session.pid()).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    /// Writes the lines whose time has come.
    ///
    /// @return false when one of them is the last
    private boolean write(DemoConsole console) throws IOException {
        while (!lines.isEmpty() && !writing && (!scripted || story.personsTurn())) {
            String line = lines.remove();
            console.taken();
            if (line.equals(QUIT)) {
                return false;
            }
            if (!line.isEmpty()) {
                write(console, line);
            }
        }
        return true;
    }

    private void write(DemoConsole console, String line) throws IOException {
        if (scripted) {
            surroundings.out().println("> " + Printable.line(line));
        }
        story.wrote(line);
        writing = true;
        console.write(line);
    }

    private void clean(DemoHome home) throws CommandFailure, IOException, InterruptedException {
        tell("Stopping the agent, the supervisor and the host, and removing " + home.path() + " ...");
        if (!new DemoProcesses(home.state()).end()) {
            throw new CommandFailure(
                    ExitCode.ERROR, "a process of the demo does not end; look for it with: pgrep -fa " + home.path());
        }
        home.delete();
        tell("Nothing is left of it.");
    }

    /// A line of ours, told apart from the chat's.
    private void tell(String line) {
        surroundings.out().println("# " + line);
    }
}
