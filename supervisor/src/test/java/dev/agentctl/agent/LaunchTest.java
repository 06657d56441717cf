package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.AgentKind;
import dev.agentctl.project.Approvals;
import dev.agentctl.project.Habits;
import dev.agentctl.project.Limits;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.project.RestartMode;
import dev.agentctl.project.Verbosity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchTest {
    private static final String TOKEN = "the-secret-of-this-start";
    private static final LaunchSite SITE = new LaunchSite(
            Map.of("PATH", "/bin", "HOME", "/h"), "cookie", TOKEN, 4_711, Path.of("/s/run/a"), Path.of("/s/it's/hook"));

    private static Project project(AgentKind kind, boolean trust) {
        return new Project(
                "a",
                Path.of("/h/a project"),
                kind,
                Optional.of("/bin/agent"),
                List.of("--model", "opus"),
                Map.of("KEY", "project-secret"),
                Optional.of("first words"),
                true,
                RestartMode.ON_FAILURE,
                OnCrash.CONTINUE,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Optional.of("default"),
                trust,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static Launch launch(AgentKind kind, Conversation conversation) {
        return Agent.of(kind).launch(project(kind, false), SITE, conversation);
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentKind.class,
            names = {"CLAUDE", "CODEX", "GEMINI", "OPENCODE", "COMMAND"})
    void theTokenIsInTheEnvironmentOnly(AgentKind kind) {
        Launch launch = launch(kind, new Conversation.Fresh("id"));
        assertThat(launch.environment()).containsEntry("AGENTCTL_TOKEN", TOKEN);
        assertThat(String.join(" ", launch.argv())).doesNotContain(TOKEN).doesNotContain("project-secret");
        assertThat(String.join(" ", launch.files().values())).doesNotContain(TOKEN);
        assertThat(launch.toString())
                .doesNotContain(TOKEN)
                .doesNotContain("secret")
                .doesNotContain("opus");
        assertThat(SITE.toString()).doesNotContain(TOKEN);
        assertThat(project(kind, false).toString()).doesNotContain("secret").doesNotContain("first words");
    }

    @Test
    void claudeBeginsWithAnIdOfOursAndResumesIt() {
        assertThat(launch(AgentKind.CLAUDE, new Conversation.Fresh("id-1")).argv())
                .containsSubsequence("/bin/agent", "--session-id", "id-1", "--settings", "--mcp-config")
                .doesNotContain("--resume");
        assertThat(launch(AgentKind.CLAUDE, new Conversation.Resumed("id-1")).argv())
                .containsSubsequence("/bin/agent", "--resume", "id-1")
                .doesNotContain("--session-id");
    }

    @Test
    void claudesUserArgumentsComeBeforeTheFlagThatWouldSwallowThem() {
        List<String> argv =
                launch(AgentKind.CLAUDE, new Conversation.Fresh("i")).argv();
        assertThat(argv).endsWith("--model", "opus", "--allowedTools", "mcp__agentctl");
        assertThat(argv).containsSubsequence("--permission-mode", "default");
    }

    @Test
    void claudesWordOnTrustNeedsTheOperators() {
        assertThat(launch(AgentKind.CLAUDE, new Conversation.Fresh("i")).environment())
                .doesNotContainKey("CLAUDE_CODE_SANDBOXED");
        assertThat(Agent.of(AgentKind.CLAUDE)
                        .launch(project(AgentKind.CLAUDE, true), SITE, new Conversation.Fresh("i"))
                        .environment())
                .containsEntry("CLAUDE_CODE_SANDBOXED", "1");
    }

    @Test
    void codexResumesItsThreadWithTheIdLast() {
        List<String> argv =
                launch(AgentKind.CODEX, new Conversation.Resumed("thread-1")).argv();
        assertThat(argv)
                .startsWith("/bin/agent", "resume", "--no-daemon", "-C", "/h/a project")
                .endsWith("thread-1");
        assertThat(launch(AgentKind.CODEX, new Conversation.Fresh("")).argv()).doesNotContain("resume");
    }

    @Test
    void geminiBeginsWithAnIdOfOursAndResumesIt() {
        Launch fresh = launch(AgentKind.GEMINI, new Conversation.Fresh("id-1"));
        assertThat(fresh.argv())
                .containsExactly("/bin/agent", "--session-id", "id-1", "--approval-mode", "default", "--model", "opus");
        assertThat(fresh.environment())
                .containsEntry("GEMINI_CLI_HOME", "/s/run/a/gemini")
                .containsEntry("GEMINI_CLI_NO_RELAUNCH", "true");
        assertThat(launch(AgentKind.GEMINI, new Conversation.Resumed("id-1")).argv())
                .containsSubsequence("--resume", "id-1")
                .doesNotContain("--session-id");
        assertThat(Agent.of(AgentKind.GEMINI)
                        .launch(project(AgentKind.GEMINI, true), SITE, new Conversation.Fresh("i"))
                        .argv())
                .contains("--skip-trust");
    }

    @Test
    void opencodesOwnVariableIsKeptAndOursAdded() {
        LaunchSite site = new LaunchSite(
                Map.of("OPENCODE_CONFIG_CONTENT", "{\"model\":\"m\",\"plugin\":[\"theirs\"]}"),
                "cookie",
                TOKEN,
                4_711,
                Path.of("/s/run/a"),
                Path.of("/s/hook"));
        Launch launch = Agent.of(AgentKind.OPENCODE)
                .launch(project(AgentKind.OPENCODE, false), site, new Conversation.Resumed("ses_1"));
        assertThat(launch.argv())
                .containsExactly("/bin/agent", "--session", "ses_1", "--agent", "default", "--model", "opus");
        assertThat(launch.environment().get("OPENCODE_CONFIG_CONTENT"))
                .contains("\"model\":\"m\"")
                .contains("\"url\":\"http://127.0.0.1:4711/mcp\"")
                .contains("[\"theirs\",\"file:///s/run/a/opencode/opencode-plugin.js\"]")
                .contains("{env:AGENTCTL_TOKEN}");
        assertThat(launch.files()).containsOnlyKeys(Path.of("/s/run/a/opencode/opencode-plugin.js"));
    }

    /// Computed apart from this code, with `printf %s JSON | sha256sum`.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "stop, 86400, bash '/abs/hook' codex, 976272f0aaab743a963068918a51413d8d9db8763a20f4e250ed9940a53fcde3",
                "session_end, 3, bash '/abs/hook' codex, d8e3d60c5a3b1fe0bcb00ef73463fd77718cb6a1052a0713eff473d81cda2177",
            })
    void codexTrustsAHookByTheHashOfItsCanonicalForm(String event, int seconds, String command, String hash) {
        assertThat(Codex.trustedHash(event, command, seconds)).isEqualTo("sha256:" + hash);
    }

    @Test
    void codexHashesQuotesAndLettersAsTheyAre() {
        assertThat(Codex.trustedHash("user_prompt_submit", "bash '/ö k/it'\\''s \"h' codex", 30))
                .isEqualTo("sha256:e9540c90bcdfd45a8a157151a07daf4c6a29ea44e83e5f069cf81c40f6dfa2b8");
    }

    @Test
    void everyHookOfCodexHasItsHash() {
        String hooks = Codex.hooks("bash '/h' codex", 30);
        for (String event : List.of(
                "session_start",
                "user_prompt_submit",
                "pre_tool_use",
                "post_tool_use",
                "permission_request",
                "stop",
                "session_end",
                "interrupt")) {
            assertThat(hooks).contains("\"/<session-flags>/config.toml:" + event + ":0:0\"={trusted_hash=\"sha256:");
        }
        assertThat(hooks).contains("SessionEnd=[{hooks=[{type=\"command\",command=\"bash '/h' codex\",timeout=3}]}]");
    }

    @Test
    void theHooksPathIsQuotedForTheShell() {
        assertThat(HookCommand.of(SITE, "claude")).isEqualTo("bash '/s/it'\\''s/hook' claude");
    }

    @Test
    void whatBelongsToTheSupervisorIsNotInherited() {
        assertThat(Environment.inheritable(Map.of(
                        "PATH", "/bin",
                        "CLAUDECODE", "1",
                        "CLAUDE_CODE_ENTRYPOINT", "cli",
                        "AGENTCTL_HOME", "/s",
                        "AGENTCTL_SESSION", "other",
                        "TELEGRAM_BOT_TOKEN", "1:a",
                        "TMUX_PANE", "%1")))
                .containsOnlyKeys("PATH");
    }

    @Test
    void aProjectCannotTakeTheSessionsOwnVariables() {
        Project sly = new Project(
                "a",
                Path.of("/h"),
                AgentKind.COMMAND,
                Optional.of("sh"),
                List.of(),
                Map.of("AGENTCTL_SESSION", "x", "AGENTCTL_TOKEN", "y"),
                Optional.empty(),
                true,
                RestartMode.NO,
                OnCrash.CONTINUE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Optional.empty(),
                false,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                Habits.NONE,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                List.of());
        Launch launch = Agent.of(AgentKind.COMMAND).launch(sly, SITE, new Conversation.Fresh(""));
        assertThat(launch.environment())
                .containsEntry("AGENTCTL_SESSION", "cookie")
                .containsEntry("AGENTCTL_TOKEN", TOKEN);
    }

    @Test
    void aProgramThatGoesOnIsGivenItsOwnArgumentsForThat() {
        Habits habits = new Habits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("--continue")));
        Project project = new Project(
                "a",
                Path.of("/h"),
                AgentKind.COMMAND,
                Optional.of("sh"),
                List.of("--new"),
                Map.of(),
                Optional.empty(),
                true,
                RestartMode.NO,
                OnCrash.CONTINUE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                Optional.empty(),
                false,
                false,
                Approvals.DEFAULT,
                Verbosity.STEPS,
                habits,
                Limits.NONE,
                Optional.empty(),
                List.of(),
                List.of());
        Agent agent = Agent.of(AgentKind.COMMAND);
        assertThat(agent.launch(project, SITE, new Conversation.Fresh("")).argv())
                .containsExactly("sh", "--new");
        assertThat(agent.launch(project, SITE, new Conversation.Resumed("")).argv())
                .containsExactly("sh", "--continue");
    }
}
