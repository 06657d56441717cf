package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationDiffTest {
    @TempDir
    private Path folder;

    @Test
    void theSameProjectsInAnotherOrderAreNoChange() throws IOException {
        assertThat(between(list(project("a", ""), project("b", "")), list(project("b", ""), project("a", "")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aRenamedProjectIsOneRemovedAndOneAdded() throws IOException {
        ConfigurationDiff diff = between(list(project("a", "")), list(project("b", "")));
        assertThat(diff.added()).extracting(Project::name).containsExactly("b");
        assertThat(diff.removed()).extracting(Project::name).containsExactly("a");
        assertThat(diff.changed()).isEmpty();
        assertThat(diff.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "directory: /other,directory",
        "agent: codex,agent",
        "executable: x,executable",
        "args: [x],args",
        "'env: {A: b}',env",
        "permission_mode: plan,permission_mode",
        "trust: true,trust"
    })
    void whatTheChildReadsOnlyAtItsStartNeedsARestart(String changed, String key) throws IOException {
        ProjectChange change = changeTo(changed);
        assertThat(change.restartKeys()).containsExactly(key);
        assertThat(change.liveKeys()).isEmpty();
        assertThat(change.needsRestart()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "prompt: x,prompt",
        "autostart: false,autostart",
        "restart: no,restart",
        "on_crash: idle,on_crash",
        "stop_timeout: 1s,stop_timeout",
        "stuck_after: 1m,stuck_after",
        "see_others: true,see_others",
        "chat: {progress: off},chat",
        "send_secrets: [.env.example],send_secrets"
    })
    void whatOnlyTheSupervisorReadsIsLive(String changed, String key) throws IOException {
        ProjectChange change = changeTo(changed);
        assertThat(change.liveKeys()).containsExactly(key);
        assertThat(change.restartKeys()).isEmpty();
        assertThat(change.needsRestart()).isFalse();
    }

    @Test
    void aChangeOfBothKindsNamesBoth() throws IOException {
        ConfigurationDiff diff =
                between(list(project("a", "")), list(project("a", "args: [x], restart: no"), project("c", "")));
        ProjectChange change = diff.changed().getFirst();
        assertThat(change.restartKeys()).isEqualTo(List.of("args"));
        assertThat(change.liveKeys()).isEqualTo(List.of("restart"));
        assertThat(change.before().args()).isEmpty();
        assertThat(change.after().args()).containsExactly("x");
        assertThat(diff.added()).extracting(Project::name).containsExactly("c");
    }

    private ProjectChange changeTo(String keys) throws IOException {
        String after = "defaults: {directory: /src, agent: claude}\nprojects: [{name: a, " + keys + "}]";
        return between("projects: [{name: a, directory: /src, agent: claude}]", after)
                .changed()
                .getFirst();
    }

    private ConfigurationDiff between(String before, String after) throws IOException {
        ConfigurationFolder files = new ConfigurationFolder(folder);
        Configuration old = files.valid(before).configuration();
        return ConfigurationDiff.between(old, files.valid(after).configuration());
    }

    private static String list(String... projects) {
        return "projects: [" + String.join(", ", projects) + "]";
    }

    private static String project(String name, String more) {
        return "{name: " + name + ", directory: /src/" + name + ", agent: claude" + (more.isEmpty() ? "" : ", " + more)
                + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "'ready: x',ready",
        "'busy: x',busy",
        "'dialog: x',dialog",
        "'inject: paste',inject",
        "'resume_args: [x]',resume_args"
    })
    void whatIsSaidOfAnUnknownProgramIsLive(String changed, String key) throws IOException {
        String program = "projects: [{name: a, directory: /src, agent: command, executable: x";
        ProjectChange change = between(program + "}]", program + ", " + changed + "}]")
                .changed()
                .getFirst();
        assertThat(change.liveKeys()).containsExactly(key);
        assertThat(change.needsRestart()).isFalse();
    }
}
