package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Dialog.Matter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the plugin told of a run of opencode 1.18.33.
class OpencodeTest {
    private static final String ASKED =
            "{\"hook_event_name\":\"PermissionRequest\",\"session_id\":\"ses_1\",\"tool_name\":\"bash\","
                    + "\"tool_input\":{\"command\":\"echo hi > made\",\"description\":\"make it\","
                    + "\"permission\":\"bash\",\"patterns\":[\"echo hi > made\"]},\"permission_suggestions\":"
                    + "[{\"type\":\"addRules\",\"behavior\":\"allow\",\"rules\":[{\"toolName\":\"bash\","
                    + "\"ruleContent\":\"echo *\"}],\"destination\":\"session\"}]}";

    private static List<AgentEvent> read(String event, String rest) {
        return OpencodeEvents.read("{\"hook_event_name\":\"" + event
                + "\",\"session_id\":\"ses_1\",\"transcript_path\":\"/s/run/a/opencode/ses_1.jsonl\"" + rest + "}");
    }

    @Test
    void itsPluginTellsAWholeTurn() {
        String bash = ",\"tool_name\":\"bash\",\"tool_input\":{\"command\":\"echo hi > made\"}";
        assertThat(OpencodeEvents.read("{\"hook_event_name\":\"plugin\"}"))
                .containsExactly(new AgentEvent.Ready("plugin started"));
        assertThat(read("chat.message", ",\"prompt\":\"hello beans \""))
                .containsExactly(
                        new AgentEvent.ConversationBegan(
                                "ses_1", Optional.of(Path.of("/s/run/a/opencode/ses_1.jsonl"))),
                        new AgentEvent.PromptAccepted("hello beans ", "plugin chat.message"));
        assertThat(read("tool.execute.before", bash))
                .containsExactly(new AgentEvent.ToolBegan("bash: echo hi > made", "plugin tool.execute.before"));
        assertThat(OpencodeEvents.read(ASKED))
                .containsExactly(new AgentEvent.ApprovalAsked("bash: echo hi > made", "plugin permission.asked"));
        assertThat(read("permission.replied", bash + ",\"reply\":\"once\""))
                .containsExactly(new AgentEvent.ToolEnded("bash echo hi > made", "plugin permission.replied"));
        assertThat(read("permission.replied", bash + ",\"reply\":\"reject\"")).isEmpty();
        assertThat(read("tool.execute.after", bash))
                .containsExactly(new AgentEvent.ToolEnded("bash echo hi > made", "plugin tool.execute.after"));
        assertThat(read("session.idle", ",\"answer\":\"done\""))
                .containsExactly(new AgentEvent.TurnEnded("done", 0, "plugin session.idle"));
        assertThat(read("session.aborted", "")).containsExactly(new AgentEvent.Interrupted("plugin session.aborted"));
        assertThat(read("question.asked", ",\"question\":\"Which?\\nx\""))
                .containsExactly(new AgentEvent.QuestionAsked("Which?", "plugin question.asked"));
    }

    @ParameterizedTest
    @CsvSource({"429, USAGE", "401, LOGIN", "402, ACCOUNT", "400,"})
    void theStatusOfAnErrorTellsTheLimit(int status, Limit limit) {
        assertThat(read("session.error", ",\"message\":\"no\",\"status\":" + status))
                .containsExactly(new AgentEvent.TurnFailed(
                        "no", Optional.ofNullable(limit), Optional.empty(), "plugin session.error"));
    }

    @Test
    void aPermissionIsADialogWithItsOwnOffer() {
        Dialog dialog = DialogReader.read(ASKED).orElseThrow();
        assertThat(dialog.use()).isEqualTo("bash echo hi > made");
        assertThat(dialog.matter())
                .isInstanceOfSatisfying(
                        Matter.Approval.class,
                        approval -> assertThat(approval.always()).containsExactly("allow bash(echo *) (this session)"));
    }

    @Test
    void decisionsAreItsOwnReplies() {
        Agent opencode = new Opencode();
        assertThat(opencode.answer(ASKED, new Decision.Allow())).isEqualTo("{\"reply\":\"once\"}");
        assertThat(opencode.answer(ASKED, new Decision.Always(0))).isEqualTo("{\"reply\":\"always\"}");
        assertThat(opencode.answer(ASKED, new Decision.Deny("no \"x\"")))
                .isEqualTo("{\"reply\":\"reject\",\"message\":\"no \\\"x\\\"\"}");
        assertThat(opencode.answer(ASKED, new Decision.Answer(List.of()))).isEqualTo("{}");
    }

    @Test
    void whatIsNoPayloadSaysNothing() {
        for (String payload :
                List.of("", "{", "[]", "{}", "{\"hook_event_name\":7}", "{\"hook_event_name\":\"Stop\"}")) {
            assertThat(OpencodeEvents.read(payload)).isEmpty();
        }
    }

    @Test
    void aDialogTakesTheComposersPlace() {
        Agent opencode = new Opencode();
        assertThat(opencode.showsComposer(() -> "  ┃\n  ┃  Build · M1 mock\n  ╹▀▀▀▀▀▀▀▀▀▀\n /p\n"))
                .isTrue();
        assertThat(opencode.showsComposer(() -> "  ┃  △ Permission required\n  ┃   Allow once   Reject\n"))
                .isFalse();
    }
}
