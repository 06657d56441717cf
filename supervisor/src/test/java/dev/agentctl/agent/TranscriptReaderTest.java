package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.TranscriptEntry.Kind;
import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On the files that the real command lines write.
@Timeout(180)
class TranscriptReaderTest {
    private ScriptedModel model;
    private AgentHome home;

    @BeforeEach
    void make() throws IOException {
        model = ScriptedModel.start();
        home = AgentHome.create(model);
    }

    @AfterEach
    void end() throws IOException {
        home.close();
        model.close();
    }

    private void run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = home.process(home.project("a"), command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private List<TranscriptEntry> transcript(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(home.path().resolve(folder))) {
            Path file = files.filter(each -> each.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file).stream()
                    .flatMap(line -> TranscriptReader.read(line).stream())
                    .toList();
        }
    }

    @Test
    void claudesFileTellsWhoSaidWhatAndWhichToolsRan() throws IOException, InterruptedException {
        String prompt = "look CALL Bash {\"command\":\"echo one; echo two\",\"description\":\"look\"}END please";
        run(
                List.of(AgentClis.claude().toString(), "-p", prompt, "--permission-mode", "bypassPermissions"),
                Map.of("IS_SANDBOX", "1"));
        List<TranscriptEntry> entries = transcript(".claude/projects");
        assertThat(entries)
                .extracting(TranscriptEntry::kind)
                .containsExactly(Kind.USER, Kind.TOOL, Kind.RESULT, Kind.AGENT);
        assertThat(entries)
                .extracting(TranscriptEntry::text)
                .startsWith(prompt, "Bash: echo one; echo two", "one\ntwo");
        assertThat(entries).allSatisfy(entry -> assertThat(entry.at()).isPresent());
    }

    @Test
    void codexsRolloutDoesToo() throws IOException, InterruptedException {
        String prompt = "look CALL exec_command {\"cmd\":\"echo one; echo two\"}END please";
        List<String> command = new ArrayList<>(List.of(
                AgentClis.codex().toString(),
                "exec",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox"));
        command.addAll(home.codexArguments());
        command.add(prompt);
        run(command, Map.of());
        List<TranscriptEntry> entries = transcript(".codex/sessions");
        assertThat(entries)
                .extracting(TranscriptEntry::kind)
                .containsExactly(Kind.USER, Kind.TOOL, Kind.RESULT, Kind.AGENT);
        assertThat(entries).extracting(TranscriptEntry::text).startsWith(prompt, "exec_command: echo one; echo two");
        assertThat(entries.get(2).text()).endsWith("one\ntwo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"type\":\"user\"}",
                "{\"type\":\"user\",\"message\":{\"content\":7}}",
                "{\"payload\":[]}",
                "{\"type\":\"response_item\",\"payload\":{\"type\":\"function_call\",\"arguments\":\"{\"}}",
                "{\"type\":\"user\",\"isSidechain\":true,\"message\":{\"content\":\"x\"}}",
                "{\"type\":\"assistant\",\"timestamp\":\"soon\",\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}]}}"
            })
    void whatIsNotUnderstoodIsNoTrouble(String line) {
        assertThat(TranscriptReader.read(line))
                .allSatisfy(entry -> assertThat(entry.kind()).isEqualTo(Kind.TOOL));
    }
}
