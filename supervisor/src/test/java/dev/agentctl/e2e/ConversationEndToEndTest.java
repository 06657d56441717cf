package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which conversation is the current one when a person at the terminal changes it, with the real CLIs: the one that a
/// killed agent comes back in. One start for each CLI, for that is what takes long.
@Timeout(900)
class ConversationEndToEndTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    private ScriptedModel model;
    private AgentHome home;
    private Product product;

    @BeforeEach
    void make() throws IOException {
        model = ScriptedModel.start();
        home = AgentHome.create(model);
        product = new Product(home);
    }

    @AfterEach
    void end() throws IOException {
        product.close();
        home.close();
        model.close();
    }

    private void start(Cli cli) throws IOException, InterruptedException {
        product.configure(Optional.empty(), cli.project(home));
        product.up();
        product.awaitState("a", "idle");
    }

    /// Says something, and tells which conversation it was said in.
    ///
    /// Claude Code collects for 100 ms what it writes to its own file (2.1.329).
    /// Killed within that time after the end of a turn it comes back without the turn.
    private String say(String text) throws IOException, InterruptedException {
        product.send("a", text);
        model.awaitPrompt(prompt -> prompt.contains(text), SOON);
        SessionReport settled = settled();
        Product.await(
                "the agent's own file has the answer to: " + text,
                SOON,
                () -> transcript().contains("answer to: " + text));
        return settled.conversation().orElseThrow();
    }

    private String transcript() throws IOException {
        ControlReply reply = product.ask(new ControlRequest.Transcript("a"));
        if (!(reply instanceof ControlReply.TranscriptFile(Optional<String> path)) || path.isEmpty()) {
            return "";
        }
        Path file = Path.of(path.get());
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private SessionReport settled() throws IOException, InterruptedException {
        return product.awaitStatus(
                "a", "idle with nothing queued", report -> report.state().equals("idle") && report.queued() == 0);
    }

    /// A command of the agent's own, as a person types it.
    private void command(String command) throws IOException, InterruptedException {
        product.ask(new ControlRequest.TypeBytes("a", List.of(command.getBytes(StandardCharsets.UTF_8))));
        product.awaitScreen("a", command);
        product.ask(new ControlRequest.TypeBytes("a", List.of(new byte[] {'\r'})));
    }

    /// Between its hook that a turn is over and its own word that it rests Codex refuses them.
    private void commandAtRest(String command) throws IOException, InterruptedException {
        product.awaitStatus(
                "a",
                "idle by its own word",
                report -> report.state().equals("idle") && report.evidence().startsWith("OSC 7501"));
        command(command);
    }

    /// Codex names in its title the talk that it shows. What is said before that is said in the one before.
    private void awaitAnother(String former) throws IOException, InterruptedException {
        product.awaitStatus(
                "a",
                "in another conversation",
                report -> report.conversation().filter(id -> !id.equals(former)).isPresent());
    }

    /// Kills the agent; what it is then asked, it is asked in its conversation of before.
    private ModelRequest askAfterKill(String text) throws IOException, InterruptedException {
        SessionReport before = settled();
        product.kill("a");
        SessionReport after = product.awaitStatus(
                "a", "back", report -> report.state().equals("idle") && report.pid() != before.pid());
        assertThat(after.conversation()).isEqualTo(before.conversation());
        product.send("a", text);
        ModelRequest asked = model.awaitPrompt(prompt -> prompt.contains(text), SOON);
        assertThat(settled().conversation()).isEqualTo(before.conversation());
        return asked;
    }

    @Test
    void claudeComesBackInTheConversationThatWasCurrent() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        String first = say("remember marzipan");
        command("/clear");
        awaitAnother(first);
        String cleared = say("remember nougat");
        assertThat(askAfterKill("the pears question").text()).contains("nougat").doesNotContain("marzipan");
        command("/compact");
        product.awaitScreen("a", "ompacted");
        assertThat(say("remember pistachio")).isEqualTo(cleared);
        assertThat(askAfterKill("the plums question").text())
                .contains("pistachio")
                .doesNotContain("marzipan");
        command("/branch");
        product.awaitScreen("a", "Branched session");
        String branched = say("remember praline");
        assertThat(branched).isNotEqualTo(cleared);
        assertThat(askAfterKill("the figs question").text()).contains("praline").contains("pistachio");
        // killed before anything is said in it
        command("/resume " + first);
        product.awaitStatus(
                "a",
                "back in the first conversation",
                report -> report.conversation().equals(Optional.of(first)));
        assertThat(askAfterKill("the kiwis question").text())
                .contains("marzipan")
                .doesNotContain("nougat");
    }

    @Test
    void codexComesBackInTheConversationThatWasCurrent() throws IOException, InterruptedException {
        start(Cli.CODEX);
        String first = say("remember marzipan");
        commandAtRest("/new");
        awaitAnother(first);
        String second = say("remember nougat");
        assertThat(second).isNotEqualTo(first);
        assertThat(askAfterKill("the pears question").text()).contains("nougat").doesNotContain("marzipan");
        commandAtRest("/compact");
        product.awaitScreen("a", "ompacted");
        assertThat(say("remember pistachio")).isEqualTo(second);
        assertThat(askAfterKill("the plums question").text())
                .contains("pistachio")
                .doesNotContain("marzipan");
        commandAtRest("/fork");
        product.awaitScreen("a", "Fork created");
        String forked = say("remember praline");
        assertThat(forked).isNotEqualTo(second);
        assertThat(askAfterKill("the figs question").text()).contains("praline").contains("pistachio");
        commandAtRest("/clear");
        awaitAnother(forked);
        String cleared = say("remember truffle");
        assertThat(cleared).isNotEqualTo(forked);
        assertThat(askAfterKill("the kiwis question").text())
                .contains("truffle")
                .doesNotContain("praline");
        // five crashes in ten minutes would be the last; a person's restart begins to count anew
        product.ask(new ControlRequest.Restart(List.of("a")));
        assertThat(product.awaitStatus(
                                "a", "idle again", report -> report.state().equals("idle"))
                        .conversation())
                .hasValue(cleared);
        aNewTalkIsNotGivenUpForTheOneBefore(cleared);
        commandAtRest("/resume");
        product.awaitScreen("a", "marzipan");
        product.ask(new ControlRequest.TypeBytes("a", List.of("marzipan".getBytes(StandardCharsets.UTF_8))));
        product.ask(new ControlRequest.TypeBytes("a", List.of(new byte[] {'\r'})));
        product.awaitScreen("a", "answer to: remember marzipan");
        // killed before anything is said in it
        product.awaitStatus(
                "a",
                "back in the first conversation",
                report -> report.conversation().equals(Optional.of(first)));
        assertThat(askAfterKill("the limes question").text())
                .contains("marzipan")
                .doesNotContain("truffle")
                .doesNotContain("lemons");
        assertThat(say("remember caramel")).isEqualTo(first);
    }

    /// Nothing was said in it, so that there is nothing to come back to; least of all another.
    private void aNewTalkIsNotGivenUpForTheOneBefore(String former) throws IOException, InterruptedException {
        commandAtRest("/new");
        awaitAnother(former);
        SessionReport before = settled();
        product.kill("a");
        product.awaitStatus("a", "back", report -> report.state().equals("idle") && report.pid() != before.pid());
        product.send("a", "the lemons question");
        ModelRequest asked = model.awaitPrompt(prompt -> prompt.contains("the lemons question"), SOON);
        assertThat(asked.text()).doesNotContain("truffle").doesNotContain("praline");
        settled();
    }
}
