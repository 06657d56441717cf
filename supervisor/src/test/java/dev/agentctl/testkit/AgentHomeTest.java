package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AgentHomeTest {
    @Test
    void closingEndsProcessesThatLeftTheirParent() throws IOException, InterruptedException {
        try (ScriptedModel model = ScriptedModel.start()) {
            AgentHome home = AgentHome.create(model);
            long orphan = orphan(home);
            assertThat(HomeProcesses.in(home.path()))
                    .extracting(ProcessHandle::pid)
                    .contains(orphan);

            home.close();

            assertThat(HomeProcesses.in(home.path())).isEmpty();
            assertThat(home.path()).doesNotExist();
        }
    }

    @Test
    void claudeTrustsEveryProjectOfItsHome() throws IOException {
        try (ScriptedModel model = ScriptedModel.start();
                AgentHome home = AgentHome.create(model)) {
            Path one = home.project("one");
            Path two = home.project("two");
            assertThat(Files.readString(home.path().resolve(".claude.json")))
                    .contains(one.toString(), two.toString())
                    .contains("hasCompletedOnboarding");
        }
    }

    /// A process in a session of its own whose parent has ended, as an agent's tools become after `kill -9`.
    private static long orphan(AgentHome home) throws IOException, InterruptedException {
        Process parent = home.process(
                        home.path(), List.of("setsid", "sh", "-c", "sleep 300 >/dev/null 2>&1 </dev/null & echo $!"))
                .start();
        try (BufferedReader output = parent.inputReader()) {
            long pid = Long.parseLong(Objects.requireNonNull(output.readLine()));
            parent.waitFor();
            return pid;
        }
    }
}
