package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What the real Claude Code runs in the background when its turn is over.
@Timeout(600)
class BackgroundEndToEndTest extends EndToEnd {

    /// @param variable of the agent's environment
    private void start(String variable) throws IOException, InterruptedException {
        product.configure(Optional.empty(), Cli.CLAUDE.project(home, "env: {" + variable + "}"));
        product.up();
        product.awaitState("a", "idle");
    }

    @Test
    void aTaskThatGoesOnIsWorkInWhichMessagesAreTaken() throws IOException, InterruptedException {
        product.configure(Optional.empty(), Cli.CLAUDE.project(home));
        Path folder = home.path().resolve("projects").resolve("a");
        Files.createDirectory(folder.resolve(".claude"));
        Files.writeString(
                folder.resolve(".claude").resolve("settings.json"), "{\"permissions\":{\"allow\":[\"Bash\"]}}");
        product.up();
        product.awaitState("a", "idle");
        product.send(
                "a",
                "CALL Bash {\"command\":\"while ! [ -e go ]; do sleep 0.1; done\",\"description\":\"d\","
                        + "\"run_in_background\":true}END");
        product.awaitStatus(
                "a",
                "working in the background",
                report -> report.state().equals("working") && report.evidence().startsWith("1 background task"));
        product.send("a", "count the plums");
        model.awaitPrompt(prompt -> prompt.contains("count the plums"), SOON);
        product.awaitStatus(
                "a", "in the background again", report -> report.evidence().startsWith("1 background task"));
        Files.createFile(folder.resolve("go"));
        product.awaitState("a", "idle");
        assertThat(product.status("a").queued()).isZero();
    }

    /// Claude Code does so after two minutes where its user wants it; here after two seconds.
    @Test
    void aReplyReachesACallThatClaudeMovedToTheBackground() throws IOException, InterruptedException {
        start("CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS: '2000'");
        product.send("a", "CALL mcp__agentctl__wait_reply {}END");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("background")), SOON);
        product.awaitStatus(
                "a", "waiting in the background", report -> report.evidence().startsWith("1 background task"));
        product.send("a", "blue as the sea");
        model.awaitRequest(request -> request.text().contains("blue as the sea"), SOON);
        assertThat(model.prompts())
                .as("typed, not given to the call")
                .noneMatch(prompt -> prompt.strip().equals("blue as the sea"));
        product.awaitState("a", "idle");
        assertThat(product.status("a").queued()).isZero();
    }

    /// Claude Code gives up a call from which it hears nothing for five minutes, here for twenty seconds. It looks
    /// every thirty.
    @Test
    @EnabledIfSystemProperty(named = "agentctl.limits", matches = "true")
    void aWaitIsNotSilent() throws IOException, InterruptedException {
        start("CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT: '20000'");
        product.send("a", "CALL mcp__agentctl__wait_reply {\"timeout\":70}END");
        ModelRequest told = model.awaitRequest(request -> !request.results().isEmpty(), Duration.ofSeconds(100));
        assertThat(told.results().getFirst()).contains("timed_out");
    }
}
