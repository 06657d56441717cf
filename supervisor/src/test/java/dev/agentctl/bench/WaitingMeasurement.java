package dev.agentctl.bench;

import com.google.errorprone.annotations.FormatMethod;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What agents cost that are blocked in a wait, beside one MCP server process for each of them.
final class WaitingMeasurement implements Measurement {
    private static final double MEGABYTES_TARGET = 1;
    private static final double ANSWER_TARGET = 50;
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        String peers = peers(bed);
        for (int agents : bed.quick() ? new int[] {100} : new int[] {100, 300}) {
            try (Agentctl ours = new Agentctl(bed.launcher())) {
                results.addAll(blocked(bed, ours, agents, peers));
            }
        }
        return results;
    }

    /// The supervisor's memory, threads and processor time.
    private record Cost(double megabytes, long threads, long ticks) {
        static Cost of(long pid) throws IOException {
            ProcessFigures figures = ProcessFigures.of(List.of(pid));
            return new Cost(figures.residentMegabytes(), figures.threads(), figures.ticks());
        }
    }

    private static List<Result> blocked(Bed bed, Agentctl ours, int agents, String peers)
            throws IOException, InterruptedException {
        ours.start(agents, List.of("sleep", "infinity"));
        long supervisor = ours.daemons().getFirst();
        List<McpAgent> waiting = new ArrayList<>();
        int calls = bed.samples(300, 100);
        try (McpAgent other = agent(ours, 0)) {
            Samples alone = notices(other, calls);
            for (int i = 0; i < agents; i++) {
                waiting.add(agent(ours, i));
            }
            Clock.pass(SETTLE);
            Cost before = Cost.of(supervisor);
            for (McpAgent agent : waiting) {
                agent.beginWait();
            }
            Clock.pass(SETTLE);
            Cost begun = Cost.of(supervisor);
            long seconds = bed.samples(20, 10);
            Clock.pass(Duration.ofSeconds(seconds));
            Cost after = Cost.of(supervisor);
            Samples beside = notices(other, calls);
            Samples answers = answers(ours, waiting);
            double each = (after.megabytes - before.megabytes) / agents;
            String what = agents + " agents blocked in a wait: ";
            return List.of(
                    Result.atMost(
                            what + "memory for each, MB",
                            peers,
                            format(
                                    "%.2f (supervisor %.0f -> %.0f RSS, threads %d -> %d)",
                                    each, before.megabytes, after.megabytes, before.threads, after.threads),
                            each,
                            MEGABYTES_TARGET,
                            "MB"),
                    Result.plain(what + "over the stdio bridge", "-", bridge(bed, ours)),
                    Result.plain(
                            what + "supervisor CPU, %",
                            "-",
                            format("%.2f", (after.ticks - begun.ticks) / (double) seconds)),
                    Result.plain(
                            what + "notify of another, ms", "without them " + alone.fineTails(), beside.fineTails()),
                    Result.atMost(
                            what + "message -> tool result, ms",
                            "-",
                            answers.fineTails(),
                            answers.quantile(0.99),
                            ANSWER_TARGET,
                            "ms p99"));
        } finally {
            for (McpAgent agent : waiting) {
                agent.close();
            }
        }
    }

    private static McpAgent agent(Agentctl ours, int number) throws IOException {
        return new McpAgent(access(ours, number));
    }

    /// The port and the token.
    private static String access(Agentctl ours, int number) throws IOException {
        if (ours.ask(new ControlRequest.OpenTools("c" + number)) instanceof ControlReply.Text(String access)) {
            return access.strip();
        }
        throw new IOException("the supervisor does not open its tools");
    }

    private static String bridge(Bed bed, Agentctl ours) throws IOException {
        String program = bed.root().resolve("scripts/mcp-bridge").toString();
        return peer("perl", bed, List.of(program, "echo", access(ours, 0)));
    }

    private static Samples notices(McpAgent agent, int calls) throws IOException {
        Samples samples = new Samples();
        for (int i = -calls / 5; i < calls; i++) {
            double millis = agent.tell(i);
            if (i >= 0) {
                samples.add(millis);
            }
        }
        return samples;
    }

    private static Samples answers(Agentctl ours, List<McpAgent> waiting) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < waiting.size(); i++) {
            String words = "go, number " + i + ".";
            long sent = System.nanoTime();
            var _ = ours.ask(ours.message("c" + i, words));
            samples.add((waiting.get(i).awaitReply(words) - sent) / 1e6);
        }
        return samples;
    }

    /// One process for each agent, with the same tools: a server on the official Node.js SDK, and Python without any.
    private static String peers(Bed bed) throws IOException {
        Path root = bed.root();
        String tools = root.resolve("mcp-tools/src/test/resources/dev/agentctl/tools/tools-list.json")
                .toString();
        Path servers = root.resolve("supervisor/src/test/agents");
        Path sdk = root.resolve(".build/agents/node_modules/@modelcontextprotocol/sdk");
        List<String> words = new ArrayList<>();
        if (Files.exists(sdk)) {
            String node = root.resolve(".build/agents/node").toString();
            String server = servers.resolve("stdio-server.mjs").toString();
            words.add(peer("Node.js SDK", bed, List.of(node, server, sdk.toString(), tools)));
        }
        if (Programs.has("python3")) {
            String server = servers.resolve("stdio-server.py").toString();
            words.add(peer("Python, no SDK", bed, List.of("python3", server, tools)));
        }
        return words.isEmpty() ? "none installed" : String.join("; ", words);
    }

    private static String peer(String name, Bed bed, List<String> command) throws IOException {
        Samples starts = new Samples();
        Samples notices = new Samples();
        int count = bed.samples(10, 5);
        List<StdioServer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                servers.add(new StdioServer(bed.root(), command));
                starts.add(servers.getLast().startMillis());
                for (int call = 0; call < 50; call++) {
                    notices.add(servers.getLast().tell());
                }
            }
            ProcessFigures all =
                    ProcessFigures.of(servers.stream().map(StdioServer::pid).toList());
            return format(
                    "%s, a process each: %.0f RSS, %.0f PSS, start %.0f ms, notify %s",
                    name,
                    all.residentMegabytes() / count,
                    all.proportionalMegabytes() / count,
                    starts.median(),
                    notices.fineTails());
        } finally {
            servers.forEach(StdioServer::close);
        }
    }

    @FormatMethod
    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
