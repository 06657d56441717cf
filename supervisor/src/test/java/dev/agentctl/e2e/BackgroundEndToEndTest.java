package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the real Claude Code runs in the background when its turn is over.
@Timeout(240)
class BackgroundEndToEndTest extends EndToEnd {

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
}
