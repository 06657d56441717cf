package dev.agentctl.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.AgentEvent.StatusPrinted;
import dev.agentctl.agent.AgentEvent.StatusPrinted.Road;
import dev.agentctl.agent.TranscriptEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Payloads of hooks, a conversation's file, titles and screens as Gemini CLI 0.61.0 wrote them.
class GeminiTest {
    private static final String SHELL = "run_shell_command: echo hi > made";
    private static final Optional<Path> FILE =
            Optional.of(Path.of("/h/.gemini/tmp/proj/chats/session-2026-11-26T12-24-cbc9f7a6.jsonl"));
    private static final AgentEvent BEGAN =
            new AgentEvent.ConversationBegan("cbc9f7a6-dca7-4b14-94f9-7d09c6528074", FILE);

    private static List<String> lines(String name) throws IOException {
        try (InputStream file = GeminiTest.class.getResourceAsStream(name)) {
            return new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void itsHooksTellAWholeTurn() throws IOException {
        List<AgentEvent> events = lines("/hooks/gemini.jsonl").stream()
                .flatMap(payload -> GeminiEvents.read(payload).stream())
                .toList();
        assertThat(events)
                .containsExactly(
                        BEGAN,
                        new AgentEvent.Ready("hook SessionStart"),
                        BEGAN,
                        new AgentEvent.PromptAccepted("hello beans", "hook BeforeAgent"),
                        new AgentEvent.TurnEnded("answer to: hello beans", 0, "hook AfterAgent"),
                        new AgentEvent.ToolBegan(SHELL, "hook BeforeTool"),
                        new AgentEvent.ApprovalAsked("Confirm Shell Command: echo hi > made", "hook Notification"),
                        new AgentEvent.ToolEnded("run_shell_command echo hi > made", "hook AfterTool"),
                        // interrupted
                        new AgentEvent.TurnEnded("", 0, "hook AfterAgent"),
                        // resumed: the file that it names then is another than the one that it goes on with
                        new AgentEvent.Ready("hook SessionStart"),
                        new AgentEvent.Closing("exit"));
    }

    @Test
    void whatIsNoPayloadSaysNothing() {
        for (String payload :
                List.of("", "{", "[]", "{}", "{\"hook_event_name\":7}", "{\"hook_event_name\":\"Stop\"}")) {
            assertThat(GeminiEvents.read(payload)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "◇  Ready (p), idle",
        "✋  Action Required (p), blocked",
        "✦  Working… (p), working",
        "⏲  Working… (p), working"
    })
    void itsTitleTellsItsState(String title, String state) {
        assertThat(GeminiScreen.titled(title + "      ")).contains(new StatusPrinted(state, "", "", Road.TITLE));
        assertThat(GeminiScreen.titled("Gemini CLI (p)")).isEmpty();
    }

    @Test
    void nothingIsTypedIntoTheLogin() {
        String composer =
                "▄▄▄▄▄▄▄▄▄▄\n >   Type your message or @path/to/file\n▀▀▀▀▀▀▀▀▀▀\n workspace (/directory)\n /h/p\n";
        String dialog = "╭────────╮\n│ Enter Gemini API Key │\n╰────────╯\n\n";
        assertThat(GeminiScreen.showsComposer("✦ answer\n" + composer)).isTrue();
        assertThat(GeminiScreen.showsComposer(composer.replace("Type your", "two lines\n of ")))
                .isTrue();
        assertThat(GeminiScreen.showsComposer(composer + dialog)).isFalse();
        assertThat(GeminiScreen.showsComposer(dialog)).isFalse();
        assertThat(GeminiScreen.showsComposer("▀▀▀▀▀▀▀▀\n")).isFalse();
        assertThat(GeminiScreen.showsComposer("")).isFalse();
    }

    @Test
    void itsFileTellsTheTalkItsTokensAndItsFailure() throws IOException {
        List<String> lines = lines("/transcripts/gemini.jsonl");
        List<TranscriptEntry> talk = lines.stream()
                .flatMap(line -> TranscriptReader.read(line).stream())
                .toList();
        assertThat(talk.stream().map(TranscriptEntry::kind).limit(6))
                .containsExactly(Kind.USER, Kind.AGENT, Kind.USER, Kind.TOOL, Kind.RESULT, Kind.AGENT);
        assertThat(talk.getFirst().text()).isEqualTo("hello beans");
        assertThat(talk.get(3).text()).isEqualTo(SHELL);
        assertThat(talk.get(4).text()).contains("Output: (empty)");
        assertThat(talk.getLast().text()).contains("scripted error");
        TokenTally tally = new TokenTally();
        lines.forEach(tally::add);
        assertThat(tally.total()).isEqualTo(new TokenCount(40, 20, 0, OptionalDouble.empty()));
        assertThat(GeminiFailure.read(lines).orElseThrow().reason()).contains("scripted error");
        assertThat(GeminiFailure.read(lines.subList(0, lines.size() - 3))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, USAGE", "401, LOGIN", "400,"})
    void theCodeOfAnErrorTellsTheLimit(int code, Limit limit) {
        String line = "{\"type\":\"error\",\"content\":\"[API Error: {\\\"error\\\":{\\\"code\\\":" + code + "}}]\"}";
        assertThat(GeminiFailure.read(List.of(line, "{\"$set\":{}}", "{\"half"))
                        .orElseThrow()
                        .limit())
                .isEqualTo(Optional.ofNullable(limit));
    }
}
