package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {
    private static final long PID = 4711;
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    private MemoryKills kills;
    private long now = Long.MAX_VALUE; // the clock may overflow

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

    private void alive(long pid) {
        now += TimeUnit.SECONDS.toNanos(2);
        kills.alive(pid, now);
    }

    @Test
    void aKillThatTheKernelCountedIsTheKernels() throws IOException {
        count(2);
        alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isTrue();
        assertThat(kills.explain(KILLED)).as("one that was never seen alive").isFalse();
    }

    @Test
    void withoutARiseItWasSomebodyElse() throws IOException {
        count(2);
        alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
    }

    @Test
    void whatWasCountedWhileItLivedWasAnother() throws IOException {
        count(2);
        alive(PID);
        count(3);
        alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
    }

    @Test
    void itIsLookedAtOnceASecondAtMost() throws IOException {
        count(2);
        alive(PID);
        count(3);
        kills.alive(PID, now + TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(kills.explain(KILLED)).as("still of the first look").isTrue();
        alive(PID);
        count(4);
        kills.alive(PID + 1, now + 1);
        assertThat(kills.explain(KILLED)).as("another child is looked at").isFalse();
    }

    @Test
    void onlyAKillIsExplained() throws IOException {
        count(2);
        alive(PID);
        count(3);
        assertThat(kills.explain(1)).isFalse();
    }

    @Test
    void aGroupThatTheChildWasMovedToCounts() throws IOException {
        count(2);
        alive(PID);
        inGroup("b.scope");
        count("b.scope", "0");
        alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isFalse();
        alive(PID);
        count("b.scope", "1");
        assertThat(kills.explain(KILLED)).isTrue();
    }

    @Test
    void whereNothingIsCountedNothingIsClaimed() throws IOException {
        alive(PID);
        count(3);
        assertThat(kills.explain(KILLED)).isFalse();
        count("a.slice/agentctl.service", "many");
        alive(PID);
        assertThat(kills.explain(KILLED)).isFalse();
        alive(PID + 1);
        assertThat(kills.explain(KILLED)).isFalse();
        alive(0);
        assertThat(kills.explain(KILLED)).isFalse();
    }
}
