package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With processes of our own in the place of other agents.
@Timeout(30)
class OpenElsewhereTest {
    private static final String ID = "0b7d9f0e-5f0e-4f8e-9d6b-2f1d6c1a7e11";

    @TempDir
    Path folder;

    private Path transcript;
    private final List<Process> others = new ArrayList<>();

    @BeforeEach
    void lay() throws IOException {
        Path projects = Files.createDirectories(folder.resolve("projects").resolve("p"));
        Files.createDirectory(folder.resolve("sessions"));
        transcript = Files.writeString(projects.resolve(ID + ".jsonl"), "{}\n");
    }

    @AfterEach
    void end() {
        others.forEach(Process::destroyForcibly);
    }

    /// A shell that goes on when it has said that it is ready.
    private Process run(String script, String... arguments) throws IOException {
        String[] command = new String[4 + arguments.length];
        command[0] = "bash";
        command[1] = "-c";
        command[2] = script + "; echo ready; read -r line";
        command[3] = "claude";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        Process other = new ProcessBuilder(command).start();
        others.add(other);
        assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
        return other;
    }

    private Optional<Long> find(Long... ours) {
        return new OpenElsewhere(Path.of("/proc"), Set.of(ours)::contains).find(ID, Optional.of(transcript));
    }

    @Test
    void whoWasStartedWithItHasIt() throws IOException {
        Process other = run(":", "--resume", ID);
        assertThat(find()).contains(other.pid());
        assertThat(find(other.pid())).as("our own, which is being ended").isEmpty();
    }

    @Test
    void whoForksItLeavesItAlone() throws IOException {
        var _ = run(":", "--resume", ID, "--fork-session");
        assertThat(find()).isEmpty();
    }

    @Test
    void whoWritesToItsFileHasItAndWhoReadsItHasNot() throws IOException {
        var _ = run("exec 7<'" + transcript + "'");
        assertThat(find()).isEmpty();
        Process other = run("exec 7>>'" + transcript + "'");
        assertThat(find()).contains(other.pid());
    }

    @Test
    void theNoteOfALiveClaudeCounts() throws IOException {
        Process other = run(":");
        Path note = folder.resolve("sessions").resolve(other.pid() + ".json");
        Files.writeString(note, "{\"pid\":" + other.pid() + ",\"sessionId\":\"another\"}");
        assertThat(find()).isEmpty();
        Files.writeString(note, "{\"pid\":" + other.pid() + ",\"sessionId\":\"" + ID + "\"}");
        assertThat(find()).contains(other.pid());
    }
}
