package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookEventsTest {
    private static final Instant NOW = Instant.parse("2030-01-30T10:00:00Z");
    private static final String COMMON =
            "\"session_id\":\"4a1e\",\"transcript_path\":\"/h/.claude/projects/p/4a1e.jsonl\",\"cwd\":\"/h/p\",";

    private static List<AgentEvent> read(String event, String rest) {
        return HookEvents.read("{" + COMMON + "\"hook_event_name\":\"" + event + "\"" + rest + "}", NOW);
    }

    @Test
    void aConversationBeginsWithItsTranscript() {
        AgentEvent began =
                new AgentEvent.ConversationBegan("4a1e", Optional.of(Path.of("/h/.claude/projects/p/4a1e.jsonl")));
        assertThat(read("SessionStart", ",\"source\":\"startup\"")).containsExactly(began);
        assertThat(read("UserPromptSubmit", ",\"prompt\":\"a\\nb\""))
                .containsExactly(began, new AgentEvent.PromptAccepted("a\nb"));
    }

    @Test
    void codexTellsNoTranscript() {
        String payload = "{\"session_id\":\"t1\",\"transcript_path\":null,\"turn_id\":\"7\",\"model\":\"m\","
                + "\"hook_event_name\":\"SessionStart\",\"source\":\"startup\"}";
        assertThat(HookEvents.read(payload, NOW))
                .containsExactly(new AgentEvent.ConversationBegan("t1", Optional.empty()));
    }

    @Test
    void aToolIsNamedWithWhatItIsUsedOn() {
        assertThat(read("PreToolUse", ",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls -l\\nrm x\"}"))
                .containsExactly(new AgentEvent.ToolBegan("Bash: ls -l"));
        assertThat(read("PreToolUse", ",\"tool_name\":\"Edit\",\"tool_input\":{\"file_path\":\"/a\",\"x\":1}"))
                .containsExactly(new AgentEvent.ToolBegan("Edit: /a"));
        assertThat(read("PreToolUse", ",\"tool_name\":\"mcp__agentctl__ask\",\"tool_input\":{\"q\":[]}"))
                .containsExactly(new AgentEvent.ToolBegan("mcp__agentctl__ask"));
    }

    @Test
    void aLongCommandIsCut() {
        List<AgentEvent> events = read(
                "PermissionRequest",
                ",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"" + "x".repeat(5_000) + "\"}");
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.ApprovalAsked.class,
                        asked -> assertThat(asked.what()).hasSizeLessThan(250).startsWith("Bash: xxx"));
    }

    @Test
    void aTurnEndsWithItsWordsOrItsError() {
        assertThat(read("Stop", ",\"stop_hook_active\":false,\"last_assistant_message\":\"all done\""))
                .containsExactly(new AgentEvent.TurnEnded("all done"));
        assertThat(read(
                        "Stop",
                        ",\"background_tasks\":[{\"id\":\"b1\",\"type\":\"shell\",\"status\":\"running\"},"
                                + "{\"id\":\"b2\",\"status\":\"completed\"}]"))
                .containsExactly(new AgentEvent.TurnEnded("", 1));
        assertThat(read("Stop", "")).containsExactly(new AgentEvent.TurnEnded(""));
        assertThat(read("StopFailure", ",\"error\":\"unknown\",\"last_assistant_message\":\"API Error: 400\""))
                .containsExactly(new AgentEvent.TurnFailed("API Error: 400"));
        assertThat(read("StopFailure", ",\"error\":\"rate_limit\""))
                .containsExactly(new AgentEvent.TurnFailed("rate_limit", Optional.of(Limit.USAGE), Optional.empty()));
        assertThat(read("StopFailure", ",\"error\":\"rate_limit\",\"last_assistant_message\":\"resets 1:30pm (UTC)\""))
                .containsExactly(new AgentEvent.TurnFailed(
                        "resets 1:30pm (UTC)",
                        Optional.of(Limit.USAGE),
                        Optional.of(Instant.parse("2030-01-30T13:30:00Z"))));
        assertThat(read("StopFailure", ",\"error\":\"authentication_failed\",\"last_assistant_message\":\"/login\""))
                .containsExactly(new AgentEvent.TurnFailed("/login", Optional.of(Limit.LOGIN), Optional.empty()));
    }

    @Test
    void theRestIsHeard() {
        assertThat(read("PostToolUse", "")).containsExactly(new AgentEvent.ToolEnded(" "));
        assertThat(read("PostToolUseFailure", "")).containsExactly(new AgentEvent.ToolEnded(" "));
        assertThat(read("Interrupt", "")).containsExactly(new AgentEvent.Interrupted());
        assertThat(read("SessionEnd", ",\"reason\":\"other\"")).containsExactly(new AgentEvent.Closing("other"));
        assertThat(read("Notification", ",\"notification_type\":\"idle_prompt\""))
                .isEmpty();
        assertThat(read("SubagentStop", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"Stop\"",
                "{",
                "{}",
                "{\"hook_event_name\":7}",
                "{\"hook_event_name\":{}}",
                "{\"hook_event_name\":\"SessionStart\"}",
                "{\"hook_event_name\":\"SessionStart\",\"session_id\":\"\"}",
                "\u0000",
                "{\"hook_event_name\":\"NoSuchEvent\"}",
            })
    void whatIsNoPayloadSaysNothing(String payload) {
        assertThat(HookEvents.read(payload, NOW)).isEmpty();
    }

    @Test
    void aPathThatIsNoneIsLeftOut() {
        assertThat(HookEvents.read(
                        "{\"hook_event_name\":\"SessionStart\",\"session_id\":\"s\","
                                + "\"transcript_path\":\"a\\u0000b\"}",
                        NOW))
                .containsExactly(new AgentEvent.ConversationBegan("s", Optional.empty()));
    }

    @Test
    void nestingWithoutEndSaysNothing() {
        assertThat(HookEvents.read("[".repeat(200_000), NOW)).isEmpty();
        assertThat(HookEvents.read("{\"a\":".repeat(200_000), NOW)).isEmpty();
    }

    @Test
    void garbageNeverThrows() {
        Random random = new Random(2);
        String payload = "{" + COMMON
                + "\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\"}}";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder broken = new StringBuilder(payload);
            for (int j = random.nextInt(4); j >= 0; j--) {
                broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(0x180));
            }
            broken.setLength(random.nextInt(broken.length() + 1));
            assertThat(HookEvents.read(broken.toString(), NOW)).hasSizeLessThan(3);
        }
    }
}
