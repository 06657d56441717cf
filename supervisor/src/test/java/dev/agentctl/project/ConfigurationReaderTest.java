package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationReaderTest {
    @TempDir
    private Path folder;

    private ConfigurationFolder files = new ConfigurationFolder(Path.of("."));

    @BeforeEach
    void useTheFolder() {
        files = new ConfigurationFolder(folder);
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        assertThat(files.project("agent: claude"))
                .isEqualTo(new Project(
                        "a",
                        Path.of("/src/a"),
                        AgentKind.CLAUDE,
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        true,
                        RestartMode.ON_FAILURE,
                        OnCrash.CONTINUE,
                        Duration.ofSeconds(10),
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
                        List.of()));
        Configuration configuration = files.valid("projects: []").configuration();
        assertThat(configuration.telegram()).isEmpty();
        assertThat(configuration.mcp()).isEqualTo(McpSettings.DEFAULT);
        assertThat(configuration.file()).isEqualTo(files.path("agentctl.yaml"));
    }

    @Test
    void everyKeyOfAProjectIsRead() throws IOException {
        Project project = files.project("""
                agent: command
                executable: ~/bin/run
                args: [--model, "${MODEL}"]
                env: {A: b}
                prompt: hello
                autostart: no
                restart: always
                stop_timeout: 2m
                stuck_after: 90s
                permission_mode: acceptEdits
                trust: true
                see_others: true
                on_crash: rerun
                chat: {progress: off}
                send_secrets: [.env.example, ./keys/test.pem]
                """);
        assertThat(project)
                .isEqualTo(new Project(
                        "a",
                        Path.of("/src/a"),
                        AgentKind.COMMAND,
                        Optional.of("/home/ann/bin/run"),
                        List.of("--model", "opus"),
                        Map.of("A", "b"),
                        Optional.of("hello"),
                        false,
                        RestartMode.ALWAYS,
                        OnCrash.RERUN,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(90),
                        Optional.of("acceptEdits"),
                        true,
                        true,
                        Approvals.DEFAULT,
                        Verbosity.OFF,
                        Habits.NONE,
                        Limits.NONE,
                        Optional.empty(),
                        List.of(),
                        List.of(Path.of(".env.example"), Path.of("keys/test.pem"))));
    }

    @Test
    void limitsAndSandboxAreRead() throws IOException {
        Project project = files.project("""
                agent: claude
                limits: {memory: 4G, cpu: 1.5, tasks: 500}
                sandbox:
                  read_only: [~/src, lib]
                  hidden: [~/.ssh]
                """);
        assertThat(project.limits())
                .isEqualTo(new Limits(OptionalLong.of(4L << 30), OptionalInt.of(150), OptionalInt.of(500)));
        assertThat(project.sandbox())
                .contains(new Sandbox(
                        List.of(Path.of("/home/ann/src"), files.path("lib")),
                        List.of(Path.of("/home/ann/.ssh"), files.path("agentctl.yaml")),
                        true));
        Project program = files.project("agent: command\nexecutable: x\nlimits: {tasks: 9}\nsandbox: {network: off}");
        assertThat(program.limits().memory()).isEmpty();
        assertThat(program.sandbox().orElseThrow().network()).isFalse();
    }

    @Test
    void whatIsSaidOfAnUnknownProgramIsRead() throws IOException {
        Project project = files.project("""
                agent: command
                executable: aider
                ready: '^> $'
                busy: Waiting for
                dialog: '\\(Y\\)es/\\(N\\)o'
                inject: line
                resume_args: [--restore-chat-history]
                """);
        assertThat(project.habits())
                .isEqualTo(new Habits(
                        Optional.of("^> $"),
                        Optional.of("Waiting for"),
                        Optional.of("\\(Y\\)es/\\(N\\)o"),
                        Optional.of(Inject.LINE),
                        Optional.of(List.of("--restore-chat-history"))));
    }

    @Test
    void anAgentThatIsKnownIsNotReadOffItsScreen() throws IOException {
        ConfigurationResult.Valid valid =
                files.valid("projects:\n- {name: a, directory: /src/a, agent: claude, ready: x}\n");
        assertThat(valid.configuration().projects().getFirst().habits()).isEqualTo(Habits.NONE);
        assertThat(valid.warnings())
                .contains("agentctl.yaml:2: 'ready' in project 'a' means nothing to agent 'claude'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "\"no\"", "'no'", "No", "NO", "false", "off"})
    void everySpellingOfNoMeansNoRestart(String written) throws IOException {
        assertThat(files.project("agent: claude\nrestart: " + written).restart())
                .isEqualTo(RestartMode.NO);
    }

    @ParameterizedTest
    @CsvSource({"10s,10000", "500ms,500", "2m,120000", "15,15000", "'\"15\"',15000", "0,0", "1h,3600000", "08,8000"})
    void durationsAreReadWithAndWithoutTheirUnit(String written, long millis) throws IOException {
        assertThat(files.project("agent: claude\nstop_timeout: " + written).stopTimeout())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aScalarThatYamlWouldRetypeKeepsItsText() throws IOException {
        assertThat(files.project("agent: claude\nargs: [1.10, 0600, 12:30:45, yes, 0x1F, 1e3, 2001-01-01, 1_000, .inf]")
                        .args())
                .containsExactly("1.10", "0600", "12:30:45", "yes", "0x1F", "1e3", "2001-01-01", "1_000", ".inf");
        assertThat(files.project("agent: claude\nenv: {MODE: 0600, VERSION: 1.10, ON: off}")
                        .env())
                .isEqualTo(Map.of("MODE", "0600", "VERSION", "1.10", "ON", "off"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${MODEL}|opus",
                "a${MODEL}b${MODEL}|aopusbopus",
                "${NOPE:-x y}|x y",
                "${EMPTY:-x}|x",
                "\"[${EMPTY}]\"|[]",
                "${MODEL:-x}|opus",
                "${NOPE:-}|''",
                "$$|$",
                "$${MODEL}|${MODEL}",
                "$$${MODEL}|$opus",
                "costs $5 or $|costs $5 or $",
                "~|/home/ann",
                "~/x|/home/ann/x",
                "a~|a~",
                "~bob|~bob"
            })
    void variablesAndHomeAreReplacedInStrings(String written, String expected) throws IOException {
        assertThat(files.project("agent: claude\nargs:\n- " + written).args()).containsExactly(expected);
    }

    @Test
    void whatAVariableHoldsIsNotReplacedAgain() throws IOException {
        files.set("TRICKY", "${MODEL} $$");
        assertThat(files.project("agent: claude\nprompt: ${TRICKY}").prompt()).hasValue("${MODEL} $$");
    }

    @ParameterizedTest
    @CsvSource({"sub/../b,b", "./b,b", ".,''"})
    void aRelativeDirectoryBeginsAtTheFilesFolder(String written, String below) throws IOException {
        assertThat(files.valid("projects: [{name: a, agent: claude, directory: " + written + "}]")
                        .configuration()
                        .projects()
                        .getFirst()
                        .directory())
                .isEqualTo(folder.resolve(below));
    }

    @Test
    void aBareTildeIsTheHomeDirectory() throws IOException {
        assertThat(files.valid("projects: [{name: a, agent: claude, directory: ~}]")
                        .configuration()
                        .projects())
                .extracting(Project::directory)
                .containsExactly(Path.of("/home/ann"));
    }

    @Test
    void defaultsStandUnderEveryProjectAndEnvironmentsMerge() throws IOException {
        List<Project> projects = files.valid("""
                        defaults:
                          agent: codex
                          restart: no
                          args: [--x]
                          prompt: hello
                          env: {A: 1, B: 1}
                        projects:
                          - {name: a, directory: /a}
                          - {name: b, directory: /b, agent: claude, restart: always, args: [], prompt: "", env: {B: 2, C: 2}}
                        """).configuration().projects();
        assertThat(projects).extracting(Project::agent).containsExactly(AgentKind.CODEX, AgentKind.CLAUDE);
        assertThat(projects).extracting(Project::restart).containsExactly(RestartMode.NO, RestartMode.ALWAYS);
        assertThat(projects).extracting(Project::args).containsExactly(List.of("--x"), List.of());
        assertThat(projects).extracting(Project::prompt).containsExactly(Optional.of("hello"), Optional.empty());
        assertThat(projects)
                .extracting(Project::env)
                .containsExactly(Map.of("A", "1", "B", "1"), Map.of("A", "1", "B", "2", "C", "2"));
    }

    @Test
    void telegramIsReadAndTheChatIsTheFirstOperators() throws IOException {
        String yaml = "projects: []\ntelegram:\n  token: ${TELEGRAM_BOT_TOKEN}\n  operators: [7, 8]\n";
        assertThat(files.valid(yaml).configuration().telegram())
                .hasValue(new Telegram(
                        new Secret(ConfigurationFolder.TOKEN),
                        List.of(7L, 8L),
                        List.of(),
                        List.of(),
                        7,
                        Optional.empty(),
                        URI.create("https://api.telegram.org")));
        assertThat(files.valid(
                                yaml
                                        + "  chat: -1001234567890\n  api_url: http://localhost:8081\n  owners: [8]\n  viewers: [9]\n  quiet_hours: \"22:00-07:00\"\n")
                        .configuration()
                        .telegram())
                .hasValue(new Telegram(
                        new Secret(ConfigurationFolder.TOKEN),
                        List.of(7L, 8L),
                        List.of(8L),
                        List.of(9L),
                        -1001234567890L,
                        Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))),
                        URI.create("http://localhost:8081")));
    }

    @Test
    void mcpIsRead() throws IOException {
        assertThat(files.valid("projects: []\nmcp: {tool_prefix: telegram_, port: 4100}")
                        .configuration()
                        .mcp())
                .isEqualTo(new McpSettings("telegram_", 4100, Optional.empty()));
    }

    @Test
    void whereYourOwnClientsMayComeFromIsRead() throws IOException {
        assertThat(remote("listen: 8765"))
                .contains(new RemoteSettings("127.0.0.1", 8765, true, Optional.empty(), List.of(), false));
        assertThat(remote("listen: '[::1]:8765', url: https://a.example/mcp, writes: true,"
                        + " authorization_servers: [https://auth.example]"))
                .contains(new RemoteSettings(
                        "0:0:0:0:0:0:0:1",
                        8765,
                        true,
                        Optional.of(URI.create("https://a.example/mcp")),
                        List.of(URI.create("https://auth.example")),
                        true));
        assertThat(remote("listen: 0.0.0.0:8765, url: https://a.example/mcp"))
                .map(RemoteSettings::loopback)
                .contains(false);
    }

    private Optional<RemoteSettings> remote(String keys) throws IOException {
        return files.valid("projects: []\nmcp: {remote: {" + keys + "}}")
                .configuration()
                .mcp()
                .remote();
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreLegal() throws IOException {
        Path file = files.write(
                "agentctl.yaml",
                "\uFEFFprojects:\r\n  - name: a\r\n    directory: /a\r\n    agent: claude\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(ConfigurationFolder.lines(files.read(file))).isEmpty();
    }

    @Test
    void anchorsAndAliasesAreLegal() throws IOException {
        assertThat(files.valid("""
                        projects:
                          - {name: a, directory: /a, agent: claude, args: &x [--y]}
                          - {name: b, directory: /b, agent: claude, args: *x}
                        """).configuration().projects())
                .extracting(Project::args)
                .containsExactly(List.of("--y"), List.of("--y"));
    }

    @Test
    void whatIsAllowedButOddIsAWarning() throws IOException {
        assertThat(files.valid("""
                        telegram:
                          token: ${TELEGRAM_BOT_TOKEN}
                          operators: [7, 7]
                          chat: 9
                          api_url: http://bot.example
                        projects:
                          - {name: a, directory: /a, agent: command, executable: top, trust: true}
                          - {name: b, directory: /a, agent: claude}
                        """).warnings())
                .containsExactly(
                        "agentctl.yaml:3: item 2 of 'operators' in 'telegram' is listed twice",
                        "agentctl.yaml:4: 'chat' in 'telegram' is the private chat of somebody who is no operator",
                        "agentctl.yaml:5: 'api_url' in 'telegram' is plain http to another machine, so the token can be"
                                + " read on the way",
                        "agentctl.yaml:7: 'trust' in project 'a' means nothing to agent 'command'",
                        "agentctl.yaml:8: 'directory' in project 'b' is also the directory of project 'a'; they may undo"
                                + " each other's work");
        assertThat(files.valid("projects: []").warnings())
                .containsExactly("agentctl.yaml:1: 'projects' lists no project, so there is nothing to run");
    }

    @Test
    void aDirectoryThatManyShareIsToldOnce() throws IOException {
        StringBuilder projects = new StringBuilder("projects:\n");
        for (char name = 'a'; name <= 'f'; name++) {
            projects.append("  - {name: ").append(name).append(", directory: /a, agent: claude}\n");
        }
        projects.append("  - {name: g, directory: /g, agent: claude}\n  - {name: h, directory: /g, agent: claude}\n");
        assertThat(files.valid(projects.toString()).warnings())
                .containsExactly(
                        "agentctl.yaml:3: 'directory' in project 'b' is also the directory of projects 'a', 'c', 'd'"
                                + " and 2 more; they may undo each other's work",
                        "agentctl.yaml:9: 'directory' in project 'h' is also the directory of project 'g'; they may undo"
                                + " each other's work");
    }

    @Test
    void namesAreFoundAgain() throws IOException {
        Configuration configuration = files.valid("projects: [{name: 1.10, agent: claude, directory: /a}]")
                .configuration();
        assertThat(configuration.project("1.10")).isPresent();
        assertThat(configuration.project("1.1")).isEmpty();
    }

    @Test
    void nothingPrintsASecret() throws IOException {
        Configuration configuration = files.valid("""
                        telegram: {token: "${TELEGRAM_BOT_TOKEN}", operators: [7]}
                        projects: [{name: a, directory: /a, agent: claude, env: {KEY: hunter2}, args: [hunter2]}]
                        """).configuration();
        assertThat(configuration.toString()).doesNotContain("hunter2", ConfigurationFolder.TOKEN);
        assertThat(configuration.telegram().orElseThrow().token().reveal()).isEqualTo(ConfigurationFolder.TOKEN);
    }
}
