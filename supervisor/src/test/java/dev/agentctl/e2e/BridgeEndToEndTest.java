package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.telegram.ChatMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Agents that agentctl has not started, whose users have added `agentctl mcp` to them as an MCP server.
@Timeout(900)
class BridgeEndToEndTest extends EndToEnd {
    private Path elsewhere;

    BridgeEndToEndTest() {
        super(SOON);
    }

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), """
                  - name: beside
                    directory: %s
                    agent: command
                    executable: /bin/cat
                    autostart: false
                """.formatted(home.project("beside")));
        product.up();
        elsewhere = home.project("elsewhere");
    }

    /// The command that the README tells users to add.
    private List<String> bridge() {
        Path root = AgentClis.folder().resolve("../..").normalize();
        assertThat(root.resolve("supervisor/target/jdk-home"))
                .as("scripts/build made the launcher's product")
                .exists();
        return List.of(root.resolve("scripts/agentctl").toString(), "mcp", "--project", "beside");
    }

    private List<String> add(Cli cli) {
        String state = "AGENTCTL_HOME=" + product.folder().path();
        List<String> command = new ArrayList<>(
                switch (cli) {
                    case CLAUDE ->
                        List.of(
                                AgentClis.claude().toString(),
                                "mcp",
                                "add",
                                "--scope",
                                "user",
                                "agentctl",
                                "--env",
                                state,
                                "--");
                    case CODEX -> List.of(AgentClis.codex().toString(), "mcp", "add", "agentctl", "--env", state, "--");
                });
        command.addAll(bridge());
        return command;
    }

    /// @param limits further settings of Codex, each after its `-c`
    private List<String> talk(Cli cli, String prompt, String... limits) {
        return switch (cli) {
            case CLAUDE -> List.of(AgentClis.claude().toString(), "-p", prompt, "--allowedTools", "mcp__agentctl");
            case CODEX -> {
                List<String> command = new ArrayList<>(List.of(AgentClis.codex().toString()));
                command.addAll(home.codexArguments());
                command.addAll(List.of("-c", "mcp_servers.agentctl.required=true"));
                command.addAll(List.of(limits));
                command.addAll(List.of("exec", "--skip-git-repo-check", prompt));
                yield command;
            }
        };
    }

    private Process start(List<String> command, String log) throws IOException {
        return builder(command, log).start();
    }

    private ProcessBuilder builder(List<String> command, String log) {
        ProcessBuilder builder = home.process(elsewhere, command)
                .redirectOutput(home.path().resolve(log).toFile());
        // both would begin a turn without the tools of a server that still connects
        builder.environment().put("MCP_CONNECTION_NONBLOCKING", "false");
        return builder;
    }

    private void run(List<String> command, String log) throws IOException, InterruptedException {
        Process process = start(command, log);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as(log).isTrue();
        assertThat(process.exitValue())
                .as("%s", Files.readString(home.path().resolve(log)))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aNoticeIsToldAndAQuestionOutlivesTheSupervisor(Cli cli) throws IOException, InterruptedException {
        run(add(cli), "add.log");
        String tool = cli == Cli.CLAUDE ? "mcp__agentctl__" : "mcp__agentctl/";
        askAcrossAKill(talk(cli, noticeAndQuestion(tool)));
    }

    @Test
    void aGeminiAsksTheSame() throws IOException, InterruptedException {
        List<String> gemini =
                List.of(AgentClis.node().toString(), AgentClis.gemini().toString());
        List<String> add = new ArrayList<>(gemini);
        add.addAll(List.of("mcp", "add", "--scope", "user", "--env"));
        add.addAll(List.of("AGENTCTL_HOME=" + product.folder().path(), "--trust", "agentctl"));
        add.addAll(bridge());
        run(add, "add.log");
        List<String> talk = new ArrayList<>(gemini);
        talk.addAll(List.of("--skip-trust", "-m", "gemini-2.5-flash", "-p", noticeAndQuestion("mcp_agentctl_")));
        askAcrossAKill(talk);
    }

    private static String noticeAndQuestion(String tool) {
        return "CALL " + tool + "notify {\"event\":\"built\",\"summary\":\"all green\"}END CALL " + tool
                + "ask {\"question\":\"Which colour?\"}END";
    }

    private void askAcrossAKill(List<String> talk) throws IOException, InterruptedException {
        Process agent = start(talk, "agent.log");
        hear("all green");
        ChatMessage question = hear("Which colour?");
        product.killSupervisor();
        product.up();
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        ModelRequest answered = model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")), SOON);
        assertThat(answered.results()).hasSize(2);
        assertThat(answered.results().getFirst()).contains("stored");
        assertThat(agent.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue())
                .as("%s", Files.readString(home.path().resolve("agent.log")))
                .isZero();
    }

    /// The clients' own limits, a day and more as they come, are seconds here.
    @ParameterizedTest
    @EnumSource(Cli.class)
    void whatComesAfterTheClientGaveUpIsGivenToItsNextCallOnce(Cli cli) throws IOException, InterruptedException {
        run(add(cli), "add.log");
        String tool = cli == Cli.CLAUDE ? "mcp__agentctl__wait_reply" : "mcp__agentctl/wait_reply";
        String prompt =
                "CALL " + tool + " {}END GATE given-up CALL " + tool + " {}END CALL " + tool + " {\"timeout\":1}END";
        ProcessBuilder builder =
                builder(talk(cli, prompt, "-c", "mcp_servers.agentctl.tool_timeout_sec=8"), "agent.log");
        builder.environment().put("MCP_TOOL_TIMEOUT", "8000");
        Process agent = builder.start();
        model.awaitHeld("given-up", SOON);
        product.send("beside", "blue as the sea");
        model.open("given-up");
        ModelRequest told = model.awaitRequest(request -> request.results().size() == 3, SOON);
        assertThat(told.results().get(0)).doesNotContain("blue as the sea");
        assertThat(told.results().get(1)).contains("blue as the sea");
        assertThat(told.results().get(2)).contains("timed_out");
        assertThat(agent.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /// Claude Code gives up a call of such a server from which it hears nothing for half an hour, here for twenty
    /// seconds. It looks every thirty.
    @Test
    @EnabledIfSystemProperty(named = "agentctl.limits", matches = "true")
    void aWaitIsNotSilent() throws IOException, InterruptedException {
        run(add(Cli.CLAUDE), "add.log");
        ProcessBuilder builder =
                builder(talk(Cli.CLAUDE, "CALL mcp__agentctl__wait_reply {\"timeout\":70}END"), "agent.log");
        builder.environment().put("CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT", "20000");
        Process agent = builder.start();
        ModelRequest told = model.awaitRequest(request -> !request.results().isEmpty(), Duration.ofSeconds(100));
        assertThat(told.results().getFirst()).contains("timed_out");
        assertThat(agent.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
