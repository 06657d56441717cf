package dev.agentctl.bench;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ScriptedModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long after the host was killed, and with it every terminal, real agents are back in their conversations. Left
/// out where they are not installed.
final class HostKillMeasurement implements Measurement {
    private static final Duration MOST = Duration.ofMinutes(3);
    /// Each look at all sessions costs something of what is measured.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final List<String> NAMES = List.of("claude-1", "claude-2", "codex-1", "codex-2");

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        if (!bed.hasAgents()) {
            return List.of(Result.plain(
                    "host killed -> conversations resumed, ms", "-", "no agents: scripts/install-test-agents"));
        }
        try (ScriptedModel model = ScriptedModel.start();
                Agentctl ours = new Agentctl(bed.launcher());
                AgentHome agents = AgentHome.create(model)) {
            // it is the home of all processes, which end with it
            agents.environment().forEach(ours.home()::set);
            StringBuilder projects = new StringBuilder();
            for (String name : NAMES) {
                projects.append(cli(name).named(name, agents));
            }
            ours.configure(projects.toString());
            ours.up();
            var _ = idle(ours, List.of());
            say(ours, model, "the first word was quince");
            List<SessionReport> before = idle(ours, List.of());
            Samples running = new Samples();
            Samples resumed = new Samples();
            for (int i = 0; i < bed.samples(5, 2); i++) {
                before = kill(ours, before, running, resumed);
            }
            say(ours, model, "what was the first word?");
            return List.of(
                    Result.plain("host killed -> 4 agents run again, ms", "-", running.medianAndLargest()),
                    Result.plain(
                            "host killed -> the same 4 conversations idle again (2 Claude, 2 Codex), ms",
                            "tmux, screen: end with their sessions",
                            resumed.medianAndLargest()));
        }
    }

    private static Cli cli(String name) {
        return name.startsWith("claude") ? Cli.CLAUDE : Cli.CODEX;
    }

    private static List<SessionReport> kill(Agentctl ours, List<SessionReport> before, Samples running, Samples resumed)
            throws IOException, InterruptedException {
        long host = ours.report().host().orElseThrow().pid();
        List<Long> pids = before.stream().map(SessionReport::pid).toList();
        long begun = Clock.micros();
        Signal.KILL.send(host);
        Clock.await(
                "the agents run again",
                MOST,
                BETWEEN_LOOKS,
                () -> ours.pids().stream().allMatch(pid -> pid > 0 && !pids.contains(pid)));
        running.add(Clock.millisBetween(begun, Clock.micros()));
        List<SessionReport> after = idle(ours, pids);
        resumed.add(Clock.millisBetween(begun, Clock.micros()));
        if (!conversations(after).equals(conversations(before))) {
            throw new IOException(
                    "other conversations: " + conversations(before) + " before, then " + conversations(after));
        }
        return after;
    }

    private static List<String> conversations(List<SessionReport> reports) {
        return reports.stream()
                .map(report -> report.conversation().orElse("none"))
                .toList();
    }

    /// Waits until all are idle, as processes that are none of these.
    private static List<SessionReport> idle(Agentctl ours, List<Long> former) throws IOException, InterruptedException {
        List<SessionReport> now = new ArrayList<>();
        Clock.await("the agents are idle", MOST, BETWEEN_LOOKS, () -> {
            now.clear();
            now.addAll(ours.report().sessions());
            return now.stream().allMatch(report -> report.state().equals("idle") && !former.contains(report.pid()));
        });
        return now;
    }

    /// Says it to each; the model must hear it from all, with all that came before.
    private static void say(Agentctl ours, ScriptedModel model, String words) throws IOException, InterruptedException {
        for (String name : NAMES) {
            ControlReply reply = ours.ask(ours.message(name, name + ": " + words));
            if (!(reply instanceof ControlReply.Outcomes)) {
                throw new IOException("not taken: " + reply);
            }
        }
        for (String name : NAMES) {
            String heard = model.awaitPrompt(prompt -> prompt.contains(name + ": " + words), MOST)
                    .text();
            if (!heard.contains(name + ": the first word was quince")) {
                throw new IOException(name + " has forgotten what was said to it");
            }
        }
    }
}
