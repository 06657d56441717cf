package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.testkit.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the real CLIs ask in dialogs, decided from afar and at the desk.
@Timeout(600)
class ApprovalEndToEndTest extends EndToEnd {

    private Path file(String name) {
        return home.path().resolve("projects").resolve("a").resolve(name);
    }

    private List<PromptReport> prompts() throws IOException {
        ControlReply reply = product.ask(new ControlRequest.ListPrompts(Optional.of("a")));
        assertThat(reply).isInstanceOf(ControlReply.Prompts.class);
        return ((ControlReply.Prompts) reply).prompts();
    }

    private PromptReport awaitPrompt() throws IOException, InterruptedException {
        Product.await("a prompt", SOON, () -> !prompts().isEmpty());
        return prompts().getFirst();
    }

    private ControlReply.Outcome decide(String prompt, PromptChoice choice) throws IOException {
        return ((ControlReply.Outcomes) product.ask(new ControlRequest.Decide(prompt, choice)))
                .outcomes()
                .getFirst();
    }

    /// Presses a key in the dialog as a person does: again where it has stayed, for Claude Code takes no key in the
    /// first moment of a dialog.
    private void atTheDesk(String key) throws IOException, InterruptedException {
        String dialog = "Do you want to proceed?";
        product.awaitScreen("a", dialog);
        Instant[] pressed = {Instant.MIN};
        Product.await("the dialog takes the key " + key, SOON, () -> {
            boolean shown = product.screen("a").contains(dialog);
            if (shown && Instant.now().isAfter(pressed[0].plusSeconds(3))) {
                product.ask(new ControlRequest.Keys("a", List.of(key)));
                pressed[0] = Instant.now();
            }
            return !shown;
        });
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aPromptOutlivesItsSupervisorAndWordsGrantNothing(Cli cli) throws IOException, InterruptedException {
        start(cli);
        say("/to a " + cli.shell("touch made"));
        hear("May it use Bash?");
        String id = awaitPrompt().id();
        product.awaitState("a", "awaiting-approval");
        say("/to a fix 2");
        say("/to a deploy now");
        product.awaitStatus("a", "holding two messages", report -> report.queued() == 2);
        product.killSupervisor();
        product.up();
        assertThat(awaitPrompt().id()).isEqualTo(id);
        assertThat(file("made")).doesNotExist();
        say("/allow " + id);
        hear("allowed by " + Product.OPERATOR + " in telegram");
        model.awaitPrompt(prompt -> prompt.contains("deploy now"), SOON);
        assertThat(file("made")).exists();
        assertThat(file(".claude/settings.local.json")).doesNotExist();
        assertThat(home.path().resolve(".codex").resolve("rules"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
        product.awaitStatus(
                "a", "idle with nothing queued", report -> report.state().equals("idle") && report.queued() == 0);
        assertThat(model.prompts().stream().map(String::strip)).contains("fix 2", "deploy now");
    }

    @ParameterizedTest
    @EnumSource(Cli.class)
    void aRefusalReachesTheModelWithItsReason(Cli cli) throws IOException, InterruptedException {
        start(cli);
        product.send("a", cli.shell("touch made"));
        String id = awaitPrompt().id();
        assertThat(decide(id, new PromptChoice.Deny("use the marzipan")).code()).isEqualTo(ExitCode.OK);
        model.awaitRequest(request -> request.results().stream().anyMatch(said -> said.contains("marzipan")), SOON);
        assertThat(decide(id, new PromptChoice.Approve()).code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(file("made")).doesNotExist();
        hear("denied by");
        product.awaitState("a", "idle");
    }

    @Test
    void anAnswerAtTheDeskSettlesTheCard() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        product.send("a", Cli.CLAUDE.shell("touch made"));
        String first = awaitPrompt().id();
        atTheDesk("1");
        hear("at the terminal");
        assertThat(decide(first, new PromptChoice.Deny("")).code()).isEqualTo(ExitCode.CONFLICT);
        product.awaitState("a", "idle");
        assertThat(file("made")).exists();
        product.send("a", Cli.CLAUDE.shell("touch other"));
        String second = awaitPrompt().id();
        atTheDesk("Escape");
        Product.await("the prompt is settled", SOON, () -> prompts().isEmpty());
        assertThat(decide(second, new PromptChoice.Approve()).code()).isEqualTo(ExitCode.CONFLICT);
        product.awaitState("a", "idle");
        assertThat(file("other")).doesNotExist();
    }

    @Test
    void aQuestionAndAPlanAreAnsweredFromAfar() throws IOException, InterruptedException {
        start(Cli.CLAUDE);
        product.send(
                "a",
                "CALL AskUserQuestion {\"questions\":[{\"question\":\"Which colour?\",\"header\":\"C\","
                        + "\"options\":[{\"label\":\"Red\",\"description\":\"r\"},{\"label\":\"Blue\","
                        + "\"description\":\"b\"}],\"multiSelect\":false}]}END");
        hear("Which colour?");
        PromptReport question = awaitPrompt();
        product.awaitState("a", "awaiting-answer");
        assertThat(question.commands()).contains("/answer " + question.id() + " 2");
        say("/answer " + question.id() + " 2");
        model.awaitRequest(request -> request.results().stream().anyMatch(said -> said.contains("\"Blue\"")), SOON);
        product.awaitState("a", "idle");
        product.send("a", "CALL EnterPlanMode {}END CALL ExitPlanMode {}END");
        PromptReport plan = awaitPrompt();
        assertThat(decide(plan.id(), new PromptChoice.Deny("shorter, please")).code())
                .isEqualTo(ExitCode.OK);
        model.awaitRequest(request -> request.results().stream().anyMatch(said -> said.contains("shorter")), SOON);
        product.awaitState("a", "idle");
    }

    @Test
    void noAnswerMeansNoWhereThatIsConfigured() throws IOException, InterruptedException {
        start(Cli.CODEX, "approvals: {timeout: 2s, unattended: deny}");
        product.send("a", Cli.CODEX.shell("touch made"));
        hear("expired without an answer");
        model.awaitRequest(
                request -> request.results().stream().anyMatch(said -> said.contains("No operator answered")), SOON);
        product.awaitState("a", "idle");
        assertThat(file("made")).doesNotExist();
    }
}
