package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.DyingChannels;
import dev.agentctl.host.HangingChannels;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.SuccessionCall;
import dev.agentctl.wire.SuccessionCall.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real agent that waits for an answer while host and supervisor become another build, and that is back in its
/// conversation when all processes were gone.
@Timeout(600)
class UpgradeEndToEndTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    UpgradeEndToEndTest() {
        super(PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void anUpgradeAndARebootKeepTheConversation(Cli cli) throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), cli.project(home));
        product.up();
        product.awaitState("a", "idle");
        String tool = cli == Cli.CLAUDE ? "mcp__agentctl__ask" : "mcp__agentctl/ask";
        say("/to a CALL " + tool + " {\"question\":\"Which colour?\"}END");
        ChatMessage question = hear("Which colour?");
        SessionReport before = product.status("a");

        upgrade(product.folder().hostSocket(), "host", RoleLaunch.HOST);
        upgrade(product.folder().supervisorSocket(), "supervisor", RoleLaunch.SUPERVISOR);
        assertThat(product.status("a").pid()).isEqualTo(before.pid());
        var _ = telegram.replyFromUser(Product.OPERATOR, Product.OPERATOR, question.id(), "blue as the sea");
        ModelRequest answered = model.awaitRequest(
                request -> request.results().stream().anyMatch(result -> result.contains("blue as the sea")),
                Duration.ofMinutes(2));
        assertThat(answered.results()).hasSize(1);
        assertThat(product.awaitState("a", "idle").pid()).isEqualTo(before.pid());

        loseAllProcesses(before.pid());
        product.up();
        SessionReport after = product.awaitState("a", "idle");
        assertThat(after.conversation()).isEqualTo(before.conversation());
        assertThat(after.pid()).isNotEqualTo(before.pid());
        say("/to a and which fruit?");
        assertThat(model.awaitPrompt(prompt -> prompt.contains("which fruit"), PATIENCE)
                        .text())
                .contains("Which colour?");
    }

    /// What it is to do is stored and not lost, and the agent runs on.
    @Test
    void aSupervisorThatHangsOrDiesIsFollowedByTheOldOne() throws IOException, InterruptedException {
        product.configure(
                Optional.of(telegram),
                "  - {name: p, directory: %s, agent: command, executable: /bin/cat}\n".formatted(home.project("p")));
        product.up();
        SessionReport before = product.awaitState("p", "running");
        refuse(
                "the old one goes on: it was not ready within 3000 ms",
                "-Dagentctl.takeover.patience=3000",
                channels(HangingChannels.class));
        type("after the one that hung", before);
        refuse("the old one goes on as process ", channels(DyingChannels.class));
        type("after the one that died", before);
        upgrade(product.folder().supervisorSocket(), "supervisor", RoleLaunch.SUPERVISOR);
        type("after one that works", before);
    }

    private static String channels(Class<?> provider) {
        return "-Djava.nio.channels.spi.SelectorProvider=" + provider.getName();
    }

    private void refuse(String why, String... options) throws IOException {
        List<String> command = anotherBuild(RoleLaunch.SUPERVISOR);
        command.addAll(1, List.of(options));
        Outcome outcome = new SuccessionCall(product.folder().supervisorSocket(), "supervisor").replace(command);
        assertThat(outcome).as(product.log()).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).contains(why).doesNotContain("\n");
    }

    private void type(String words, SessionReport before) throws IOException, InterruptedException {
        assertThat(product.send("p", words)).isInstanceOf(ControlReply.Outcomes.class);
        product.awaitScreen("p", words);
        assertThat(product.status("p").pid()).isEqualTo(before.pid());
    }

    /// What passes for one: the same classes, by another path.
    private static List<String> anotherBuild(RoleLaunch launch) {
        List<String> command = new ArrayList<>(launch.command());
        int path = command.indexOf("-cp") + 1;
        command.set(path, command.get(path) + ":/another/build");
        return command;
    }

    private void upgrade(Path socket, String role, RoleLaunch launch) throws IOException {
        SuccessionCall call = new SuccessionCall(socket, role);
        SuccessionCall.About old = call.about();
        List<String> command = anotherBuild(launch);
        assertThat(call.replace(command)).as(product.log()).isInstanceOf(Outcome.Replaced.class);
        assertThat(call.about().pid()).isEqualTo(old.pid());
        assertThat(call.about().build()).isNotEqualTo(old.build());
    }

    /// What a reboot leaves: the disk.
    private void loseAllProcesses(long agent) throws IOException, InterruptedException {
        long host = new SuccessionCall(product.folder().hostSocket(), "host")
                .about()
                .pid();
        product.killSupervisor();
        List<ProcessHandle> gone = new ArrayList<>();
        ProcessHandle.of(host).ifPresent(process -> {
            gone.addAll(process.descendants().toList());
            gone.add(process);
        });
        ProcessHandle.of(agent).ifPresent(gone::add);
        gone.forEach(process -> Signal.KILL.send(process.pid()));
        Product.await("all processes are gone", PATIENCE, () -> gone.stream().noneMatch(ProcessHandle::isAlive));
        Files.delete(product.folder().hostSocket());
        Files.delete(product.folder().supervisorSocket());
    }
}
