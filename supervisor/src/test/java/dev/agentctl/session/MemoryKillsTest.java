package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {
    private static final long PID = 4711;
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    private MemoryKills kills;

    @BeforeEach
    void lay() throws IOException {
        Files.createDirectories(folder.resolve("proc/" + PID));
        kills = new MemoryKills(folder.resolve("proc"), folder.resolve("cgroup"));
        inGroup("a.slice/agentctl.service");
    }

    private void inGroup(String group) throws IOException {
        Files.writeString(folder.resolve("proc/" + PID + "/cgroup"), "4:memory:/old\n0::/" + group + "\n");
    }

    private void count(String group, String oomKills) throws IOException {
        Path counts = Files.createDirectories(folder.resolve("cgroup").resolve(group));
        Files.writeString(
                counts.resolve("memory.events"),
                "low 0\nhigh 0\nmax 12\noom 3\noom_kill " + oomKills + "\noom_group_kill 9\n");
    }

    private void count(int oomKills) throws IOException {
        count("a.slice/agentctl.service", Integer.toString(oomKills));
    }

    @Test
    void aKillThatTheKernelCountedIsTheKernels() throws IOException {
        count(2);
        kills.alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isTrue();
        assertThat(kills.explain(KILLED)).as("one that was never seen alive").isFalse();
    }

    @Test
    void withoutARiseItWasSomebodyElse() throws IOException {
        count(2);
        kills.alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
    }

    @Test
    void whatWasCountedWhileItLivedWasAnother() throws IOException {
        count(2);
        kills.alive(PID);
        count(3);
        kills.alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
    }

    @Test
    void onlyAKillIsExplained() throws IOException {
        count(2);
        kills.alive(PID);
        count(3);
        assertThat(kills.explain(1)).isFalse();
    }

    @Test
    void aGroupThatTheChildWasMovedToCounts() throws IOException {
        count(2);
        kills.alive(PID);
        inGroup("b.scope");
        count("b.scope", "0");
        kills.alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isFalse();
        kills.alive(PID);
        count("b.scope", "1");
        assertThat(kills.explain(KILLED)).isTrue();
    }

    @Test
    void whereNothingIsCountedNothingIsClaimed() throws IOException {
        kills.alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isFalse();
        count("a.slice/agentctl.service", "many");
        kills.alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
        kills.alive(PID + 1);
        assertThat(kills.explain(KILLED)).isFalse();
        kills.alive(0);
        assertThat(kills.explain(KILLED)).isFalse();
    }
}
