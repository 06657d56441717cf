package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Dialog.Exhibit;
import dev.agentctl.agent.Dialog.Matter;
import dev.agentctl.project.AgentKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Dialogs out of hooks, and decisions into their answers. The payloads are those of Claude Code 2.1.329 and Codex
/// 0.169, shortened.
class DialogTest {
    private static final String BASH = """
            {"hook_event_name":"PermissionRequest","tool_name":"Bash",
             "tool_input":{"command":"npm test\\nrm -rf x","description":"run"},
             "permission_suggestions":[
              {"type":"addRules","rules":[{"toolName":"Bash","ruleContent":"npm test:*"}],"behavior":"allow",
               "destination":"localSettings"},
              {"type":"setMode","mode":"acceptEdits","destination":"session"}]}""";
    private static final String QUESTIONS = """
            {"hook_event_name":"PermissionRequest","tool_name":"AskUserQuestion","tool_input":{"questions":[
             {"question":"Which color?","header":"C","options":[{"label":"Red","description":"warm"},
              {"label":"Blue","description":"cold"}],"multiSelect":false},
             {"question":"Which fruits?","header":"F","options":[{"label":"Apple"}],"multiSelect":true}]}}""";
    private static final String PLAN = """
            {"hook_event_name":"PermissionRequest","tool_name":"ExitPlanMode",
             "tool_input":{"plan":"# Plan","planFilePath":"/p.md"}}""";

    private static final Agent CLAUDE = Agent.of(AgentKind.CLAUDE);
    private static final Agent CODEX = Agent.of(AgentKind.CODEX);

    private static Dialog dialog(String payload) {
        return DialogReader.read(payload).orElseThrow();
    }

    @Test
    void anApprovalShowsAllThatTheToolIsGiven() {
        Matter.Approval approval = (Matter.Approval) dialog(BASH).matter();
        assertThat(approval.tool()).isEqualTo("Bash");
        assertThat(approval.exhibits())
                .containsExactly(
                        new Exhibit("command", "sh", "npm test\nrm -rf x"), new Exhibit("description", "", "run"));
        assertThat(approval.always())
                .containsExactly("allow Bash(npm test:*) (this folder, for you)", "mode acceptEdits (this session)");
    }

    @Test
    void anEditIsShownAsWhatChanges() {
        Matter.Approval edit = (Matter.Approval) dialog("""
                {"hook_event_name":"PermissionRequest","tool_name":"Edit","tool_input":{"file_path":"/a.txt",
                 "old_string":"one\\ntwo","new_string":"three","replace_all":true}}""").matter();
        assertThat(edit.exhibits())
                .containsExactly(
                        new Exhibit("file_path", "", "/a.txt"),
                        new Exhibit("change everywhere", "diff", "-one\n-two\n+three\n"));
    }

    @Test
    void nothingOfAnUnknownToolIsLeftOut() {
        Matter.Approval tool = (Matter.Approval) dialog("""
                {"hook_event_name":"PermissionRequest","tool_name":"mcp__x__y",
                 "tool_input":{"deep":{"a":[1,true]},"n":null,"empty":""}}""").matter();
        assertThat(tool.exhibits()).extracting(Exhibit::label).containsExactly("deep", "n", "empty");
        assertThat(tool.exhibits().getFirst().text()).contains("\"a\" : [ 1, true ]");
    }

    @Test
    void questionsAndPlansAreTold() {
        Matter.Questions questions = (Matter.Questions) dialog(QUESTIONS).matter();
        assertThat(questions.questions()).hasSize(2);
        assertThat(questions.questions().getFirst().options())
                .containsExactly(new Dialog.Option("Red", "warm"), new Dialog.Option("Blue", "cold"));
        assertThat(questions.questions().get(1).several()).isTrue();
        assertThat(dialog(PLAN).matter()).isEqualTo(new Matter.Plan("# Plan"));
    }

    @Test
    void theEndOfAToolNamesTheSameUse() {
        List<AgentEvent> ended = HookEvents.read(BASH.replace("PermissionRequest", "PostToolUse"), Instant.EPOCH);
        assertThat(ended).containsExactly(new AgentEvent.ToolEnded(dialog(BASH).use()));
        // Claude adds the answers and takes the plan out
        String answered = QUESTIONS.replace("\"questions\":[", "\"answers\":{},\"questions\":[");
        assertThat(HookEvents.read(answered.replace("PermissionRequest", "PostToolUse"), Instant.EPOCH))
                .containsExactly(new AgentEvent.ToolEnded(dialog(QUESTIONS).use()));
        assertThat(HookEvents.read(
                        "{\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"ExitPlanMode\"," + "\"tool_input\":{}}",
                        Instant.EPOCH))
                .containsExactly(new AgentEvent.ToolEnded(dialog(PLAN).use()));
    }

    @Test
    void claudeGetsBackTheInputThatWasShown() {
        assertThat(CLAUDE.answer(BASH, new Decision.Allow()))
                .contains("\"behavior\":\"allow\"", "\"updatedInput\":{\"command\":\"npm test\\nrm -rf x\"")
                .doesNotContain("updatedPermissions");
        assertThat(CLAUDE.answer(BASH, new Decision.Always(1)))
                .contains("\"updatedPermissions\":[{\"type\":\"setMode\",\"mode\":\"acceptEdits\"");
        assertThat(CLAUDE.answer(PLAN, new Decision.Always(0)))
                .contains("\"plan\":\"# Plan\"", "\"mode\":\"acceptEdits\"");
        assertThat(CLAUDE.answer(BASH, new Decision.Deny("not \"now\"")))
                .contains("\"behavior\":\"deny\",\"message\":\"not \\\"now\\\"\"");
    }

    @Test
    void claudeGetsItsQuestionsWithTheirAnswers() {
        assertThat(CLAUDE.answer(QUESTIONS, new Decision.Answer(List.of("Blue", "Apple"))))
                .contains("\"answers\":{\"Which color?\":\"Blue\",\"Which fruits?\":\"Apple\"}", "\"header\":\"C\"");
    }

    @Test
    void codexGetsNothingThatItRefuses() {
        assertThat(CODEX.answer(BASH, new Decision.Allow()))
                .isEqualTo("{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\","
                        + "\"decision\":{\"behavior\":\"allow\"}}}");
        assertThat(CODEX.answer(BASH, new Decision.Deny("no"))).contains("\"deny\",\"message\":\"no\"");
    }

    @Test
    void otherEventsHaveNoDialog() {
        assertThat(DialogReader.read(BASH.replace("PermissionRequest", "PreToolUse")))
                .isEmpty();
        assertThat(DialogReader.read("no json")).isEmpty();
    }
}
