package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentctl.agent.Environment;
import dev.agentctl.containment.Abilities;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Leftovers;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions behind the real bubblewrap: what they cannot reach, and that all else goes on as without it.
@Timeout(600)
class SandboxEndToEndTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Tells what it can reach, leaves a process that has left its group and its session, and shows its signals.
    private static final String PROGRAM = """
            #!/bin/bash
            trap 'echo "heard INT"' INT
            trap 'echo "heard TERM"; exit 0' TERM
            cat "$SECRETS/key" 2>/dev/null || echo 'key: hidden'
            [ -e "$STATE/state.db" ] && echo 'state: seen' || echo 'state: hidden'
            [ -e "$STATE/run/b/hooks" ] && echo 'run: seen'
            cat agentctl.yaml "$HOME/agentctl.yaml" 2>/dev/null | grep -c projects
            [ -e "/proc/$WATCHER" ] && echo 'watcher: seen' || echo 'watcher: hidden'
            { echo x > "$LIBRARY/new"; } 2>/dev/null && echo 'library: changed' || echo 'library: kept'
            umount "$SECRETS" 2>/dev/null; cat "$SECRETS/key" 2>/dev/null && echo 'wall: down'
            echo mine > made && echo 'project: written'
            (exec 3<>"/dev/tcp/127.0.0.1/$AGENTCTL_PORT") 2>/dev/null && echo 'tools: reached' || echo 'tools: out of reach'
            setsid sleep 7777 &
            echo "ready"
            while :; do IFS= read -r -t 1 line && echo "got: $line"; done
            """;

    SandboxEndToEndTest() {
        super(PATIENCE);
    }

    @BeforeEach
    void needABox() throws IOException {
        assumeTrue(
                Abilities.find(home.environment()).sandbox() instanceof Abilities.Works,
                () -> "no sandbox here: " + Abilities.find(home.environment()).sandbox());
    }

    private String program(String name, String sandbox) throws IOException {
        Path folder = home.project(name);
        Path program = folder.resolve("program");
        Files.writeString(program, PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path secrets = Files.createDirectories(home.path().resolve("secrets"));
        Files.writeString(secrets.resolve("key"), "key: seen\n");
        Path library = Files.createDirectories(home.path().resolve("library"));
        return """
                  - name: %s
                    directory: %s
                    agent: command
                    executable: %s
                    env: {SECRETS: %s, LIBRARY: %s, STATE: %s, WATCHER: "%d"}
                    sandbox: {hidden: [%s], read_only: [%s, %s]%s}
                """.formatted(
                        name,
                        folder,
                        program,
                        secrets,
                        library,
                        product.folder().path(),
                        ProcessHandle.current().pid(),
                        secrets,
                        library,
                        home.path().resolve("projects"),
                        sandbox);
    }

    private List<Long> processes() {
        return Leftovers.find(Environment.SESSION_COOKIE, product.folder().path() + ":b");
    }

    @Test
    void aProgramReachesWhatItMayAndIsKilledStoppedAndFoundAsWithoutWalls() throws IOException, InterruptedException {
        product.configure(Optional.empty(), program("b", "") + program("c", ", network: off"));
        product.up();
        product.awaitScreen("c", "ready");
        assertThat(product.screen("c")).contains("tools: out of reach").contains("key: hidden");
        product.awaitScreen("b", "ready");
        assertThat(product.screen("b"))
                .contains("key: hidden", "state: hidden", "run: seen", "watcher: hidden", "library: kept")
                .contains("project: written", "tools: reached")
                .doesNotContain("wall: down");
        assertThat(home.path().resolve("projects/b/made")).hasContent("mine");
        var _ = product.ask(new ControlRequest.Keys("b", List.of("C-c")));
        product.awaitScreen("b", "heard INT");
        List<Long> first = processes();
        assertThat(first).hasSizeGreaterThan(3);
        product.kill("b");
        product.awaitStatus("b", "started again", report -> report.restarts() == 1 && report.pid() > 0);
        Product.await(
                "the old tree is gone", PATIENCE, () -> processes().stream().noneMatch(first::contains));
        product.killSupervisor();
        product.up();
        SessionReport kept = product.status("b");
        product.killHost();
        product.awaitStatus("b", "started by a new host", report -> report.pid() > 0 && report.pid() != kept.pid());
        Product.await("one tree is left", PATIENCE, () -> !processes().contains(kept.pid()));
        product.awaitScreen("b", "ready");
        var _ = product.ask(new ControlRequest.Stop(List.of("b")));
        product.awaitState("b", "stopped");
        assertThat(product.screen("b")).contains("heard TERM");
        Product.await("nothing is left", PATIENCE, () -> processes().isEmpty());
    }

    @Test
    void claudeInASandboxHearsHasItsHooksAndToolsAndComesBack() throws IOException, InterruptedException {
        product.configure(
                Optional.of(telegram), Cli.CLAUDE.project(home, "sandbox: {hidden: [" + home.path() + "/nothing]}"));
        product.up();
        product.awaitState("a", "idle");
        var _ = product.ask(new ControlRequest.Send("a", "count the peas", "key"));
        assertThat(product.awaitDelivery("a", "key").message().orElseThrow().evidence())
                .contains("hook UserPromptSubmit");
        product.awaitState("a", "idle");
        product.send("a", "CALL mcp__agentctl__notify {\"event\":\"e\",\"summary\":\"told\"}END");
        Product.await("it uses its tool, asked or not", PATIENCE, () -> {
            approveAll();
            return telegram.fromBot().stream()
                    .anyMatch(message -> message.text().contains("told"));
        });
        product.awaitState("a", "idle");
        SessionReport before = product.status("a");
        product.kill("a");
        SessionReport after = product.awaitStatus(
                "a", "back", report -> report.restarts() == 1 && report.state().equals("idle"));
        assertThat(after.conversation()).isEqualTo(before.conversation());
        assertThat(after.pid()).isNotEqualTo(before.pid());
        assertThat(whereTheBotsTokenIs()).isEmpty();
    }

    /// Of the processes that run in this home, and the logs of ours.
    private List<Path> whereTheBotsTokenIs() throws IOException {
        List<Path> places = new ArrayList<>();
        for (long pid : Leftovers.find("HOME", home.path().toString())) {
            places.add(Path.of("/proc/" + pid + "/cmdline"));
            places.add(Path.of("/proc/" + pid + "/environ"));
        }
        assertThat(places).hasSizeGreaterThan(6);
        places.add(product.folder().roleLog("supervisor"));
        places.add(product.folder().roleLog("host"));
        List<Path> found = new ArrayList<>();
        for (Path place : places) {
            if (Files.exists(place)
                    && new String(Files.readAllBytes(place), StandardCharsets.ISO_8859_1)
                            .contains(TelegramStandIn.TOKEN)) {
                found.add(place);
            }
        }
        return found;
    }

    private void approveAll() throws IOException {
        if (product.ask(new ControlRequest.ListPrompts(Optional.of("a"))) instanceof ControlReply.Prompts open) {
            for (var prompt : open.prompts()) {
                var _ = product.ask(
                        new ControlRequest.Decide(prompt.id(), new dev.agentctl.control.PromptChoice.Approve()));
            }
        }
    }
}
