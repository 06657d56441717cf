package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official conformance suite against our filter, container and SDK, with the fixtures that it wants. What came of
/// it is a table in `.build/conformance.txt`, which `scripts/test` shows.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConformanceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path AGENTS = ROOT.resolve(".build/agents");
    private static final Path SUITE = AGENTS.resolve("node_modules/@modelcontextprotocol/conformance/dist/index.js");
    /// The newest that the SDK speaks, and the newest there is.
    private static final String OURS = "2025-11-25";

    private static final String NEWEST = "2026-07-28";

    @TempDir
    Path folder;

    /// How many checks of a scenario came to what.
    private record Count(int passed, int failed, int warned) {
        static Count of(JsonNode checks) {
            return new Count(count(checks, "SUCCESS"), count(checks, "FAILURE"), count(checks, "WARNING"));
        }

        private static int count(JsonNode checks, String status) {
            int count = 0;
            for (JsonNode check : checks) {
                count += check.path("status").asString("").equals(status) ? 1 : 0;
            }
            return count;
        }

        Count plus(Count other) {
            return new Count(passed + other.passed, failed + other.failed, warned + other.warned);
        }

        String row(String name) {
            return "%-52s %6d %6d %8d%n".formatted(name, passed, failed, warned);
        }
    }

    @Test
    void everyServerScenarioOfOurRevisionPasses() throws IOException, InterruptedException {
        assertThat(SUITE).as("scripts/install-test-agents puts it there").exists();
        try (RunningServer running = new RunningServer(new Extras(ConformanceFixtures::addTo, true));
                TokenProxy proxy = new TokenProxy(running.server.port(), "token-c")) {
            Map<String, Count> ours = run(proxy, "--suite", "all", "--spec-version", OURS);
            Map<String, Count> newest = run(proxy, "--requirements", NEWEST);
            Files.writeString(ROOT.resolve(".build/conformance.txt"), table(ours, newest));
            assertThat(ours).hasSizeGreaterThan(25);
            assertThat(ours).as("%s", ours).allSatisfy((_, count) -> {
                assertThat(count.failed).isZero();
                // a SHOULD that is not met is a warning: streams may be closed by the server between two events
                assertThat(count.passed + count.warned).isPositive();
            });
        }
    }

    private Map<String, Count> run(TokenProxy proxy, String... which) throws IOException, InterruptedException {
        Path results = folder.resolve(which[which.length - 1]);
        List<String> command = new ArrayList<>(
                List.of(AGENTS.resolve("node").toString(), SUITE.toString(), "server", "--url", proxy.url()));
        command.addAll(List.of(which));
        command.addAll(List.of("-o", results.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the suite ends").isTrue();
        Map<String, Count> counts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(results)) {
            for (Path file : files.filter(path -> path.endsWith("checks.json")).toList()) {
                String scenario = String.valueOf(file.getName(file.getNameCount() - 2))
                        .replaceAll("-\\d{4}-\\d\\d-\\d\\dT.*$", "")
                        .replaceFirst("^server-", "");
                counts.put(scenario, Count.of(new JsonMapper().readTree(Files.readString(file))));
            }
        }
        assertThat(counts).as("%s", Files.readString(log)).isNotEmpty();
        return counts;
    }

    private static String table(Map<String, Count> ours, Map<String, Count> newest) {
        StringBuilder table = new StringBuilder(
                "%-52s %6s %6s %8s%n".formatted("MCP conformance, " + OURS, "passed", "failed", "warnings"));
        ours.forEach((scenario, count) -> table.append(count.row("  " + scenario)));
        table.append(sum(ours).row("all of " + OURS));
        table.append(sum(newest).row("beside it: all of " + NEWEST + ", which the SDK does not speak"));
        return table.toString();
    }

    private static Count sum(Map<String, Count> counts) {
        return counts.values().stream().reduce(new Count(0, 0, 0), Count::plus);
    }
}
