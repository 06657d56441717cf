package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What an operator reads when the file is wrong: these lines are the contract.
final class BadConfigurationTest {
    private static final String TELEGRAM = "projects: []\ntelegram:\n  token: ${TELEGRAM_BOT_TOKEN}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}")
    @MethodSource({"structures", "projectKeys", "strings", "telegrams", "others"})
    void everyMistakeIsOneLineWithItsPlace(String yaml, String expected) throws IOException {
        assertThat(new ConfigurationFolder(folder).problems(yaml)).containsExactly("agentctl.yaml:" + expected);
    }

    static Stream<Arguments> structures() {
        return Stream.of(
                arguments("", "1: the file is empty; it needs 'projects:'"),
                arguments("# only a comment\n", "1: the file is empty; it needs 'projects:'"),
                arguments("mcp:\n  port: 0\n", "1: no 'projects:'; write 'projects: []' if there are none"),
                arguments("hello\n", "1: expected 'key: value' lines"),
                arguments("projects: []\nprojects: []\n", "2: duplicate key 'projects'; first on line 1"),
                arguments("project: []\nprojects: []\n", "1: unknown key 'project'; did you mean 'projects'?"),
                arguments("projects: []\n---\nprojects: []\n", "2: a second document begins; keep one"),
                arguments("projects:\n\t- name: a\n", "2: a tab cannot indent YAML; use spaces"),
                arguments("projects: []\n? [a]\n: b\n", "2: a key must be a single word"),
                arguments(
                        "projects: []\ndefaults: &d {}\nmcp:\n  <<: *d\n",
                        "4: merge keys (<<) are not read; put what projects share under 'defaults:'"),
                arguments(
                        "projects: !!java.net.URL [x]\n",
                        "1: tags (!) are not allowed; quote a value that begins with '!'"),
                arguments("projects: !foo!bar x\n", "1: tags (!) are not allowed; quote a value that begins with '!'"),
                arguments(
                        "projects: *p\n", "1: an alias (*) without its anchor (&); quote a value that begins with '*'"),
                arguments(
                        "projects: []\nmcp: {a: &a [x], b: [" + "*a, ".repeat(21) + "]}\n",
                        "2: more than 20 aliases of lists and mappings"),
                arguments("projects:\n  " + "[".repeat(2000), "2: nested deeper than 30 levels"),
                arguments(
                        "projects:\n  - name: a\n   agent: claude\n",
                        "3: not valid YAML: while parsing a block collection, expected <block end>, but found '<block mapping start>'"),
                arguments(
                        "projects: [\n",
                        "2: not valid YAML: while parsing a flow node, expected the node content, but found '<stream end>'"),
                arguments("projects: []\n# \u0007\n", "2: a control character, which YAML does not allow"));
    }

    static Stream<Arguments> projectKeys() {
        return Stream.of(
                arguments(
                        entry("directroy: /b"), "5: unknown key 'directroy' in project 'a'; did you mean 'directory'?"),
                arguments(entry("cwd: /b"), "5: unknown key 'cwd' in project 'a'; did you mean 'directory'?"),
                arguments(
                        entry("zzzzzzzz: 1"),
                        "5: unknown key 'zzzzzzzz' in project 'a'; known keys: name, directory, agent, executable, args, env,"
                                + " env_file, prompt, autostart, restart, on_crash, stop_timeout, stuck_after,"
                                + " permission_mode, trust,"
                                + " see_others, approvals, chat, limits, sandbox, send_secrets, ready, busy, dialog, inject,"
                                + " resume_args"),
                arguments(
                        entry("send_secrets: [../.env]"),
                        "5: item 1 of 'send_secrets' in project 'a' must be a path inside the project's directory such as"
                                + " .env.example, not '../.env'"),
                arguments(
                        entry("limits: {memory: 4}"),
                        "5: 'memory' in 'limits' must be a size such as 512M or 4G, 16M at least, not '4'"),
                arguments(
                        entry("limits: {cpu: 0}"),
                        "5: 'cpu' in 'limits' must be a number of processors such as 2 or 0.5, not '0'"),
                arguments(
                        entry("limits: {tasks: many}"),
                        "5: 'tasks' in 'limits' must be a number of processes and threads such as 500, not 'many'"),
                arguments(
                        entry("limits: {ram: 4G}"), "5: unknown key 'ram' in 'limits'; known keys: memory, cpu, tasks"),
                arguments(entry("sandbox: {hide: [/x]}"), "5: unknown key 'hide' in 'sandbox'; did you mean 'hidden'?"),
                arguments(
                        entry("sandbox: {hidden: [/]}"),
                        "5: 'hidden' in 'sandbox' names the root of all files; name folders below it"),
                arguments(
                        entry("sandbox: {network: off}"),
                        "2: 'network: off' keeps agent 'claude' from its model and its hooks; leave it on in project 'a'"),
                arguments(
                        entry("trust: true\ntrust: false"), "6: duplicate key 'trust' in project 'a'; first on line 5"),
                arguments("projects:\n- {directory: /a, agent: claude}\n", "2: no 'name:' in project number 1"),
                arguments("projects:\n- {name: a, agent: claude}\n", "2: no 'directory:' in project 'a'"),
                arguments("projects:\n- {name: a, directory: /a}\n", "2: no 'agent:' in project 'a'"),
                arguments("projects:\n- claude\n", "2: expected 'key: value' lines in project number 1"),
                arguments("projects: {a: b}\n", "1: 'projects' must be a list, such as '- name: project-a'"),
                arguments(
                        "projects:\n- {name: ../a, directory: /a, agent: claude}\n",
                        "2: 'name' in project '../a' must be 1 to 63 of letters, digits, '.', '_' and '-', beginning"
                                + " with a letter or digit, not '../a'"),
                arguments(
                        "projects:\n- {name: a, directory: /a, agent: claude}\n- {name: a, directory: /b, agent: claude}\n",
                        "3: 'name' in project 'a' is also the name of the project on line 2"),
                arguments(
                        "projects:\n- {name: a, directory: /a, agent: cluade}\n",
                        "2: 'agent' in project 'a' must be one of claude, codex, gemini, opencode, command, not 'cluade'"),
                arguments(
                        "projects:\n- {name: a, directory: /a, agent: command}\n",
                        "2: agent 'command' needs 'executable:' in project 'a'"),
                arguments(
                        entry("restart: sometimes"),
                        "5: 'restart' in project 'a' must be always, on-failure, unless-stopped or no, not 'sometimes'"),
                arguments(entry("autostart: 1"), "5: 'autostart' in project 'a' must be true or false, not '1'"),
                arguments(
                        entry("stop_timeout: 1:30"),
                        "5: 'stop_timeout' in project 'a' must be a duration such as 500ms, 10s or 2m, at most 1h, not '1:30'"),
                arguments(
                        entry("stuck_after: 1s"),
                        "5: 'stuck_after' in project 'a' must be a duration such as 90s, 10m or 2h, from 5s to 24h, not '1s'"),
                arguments(
                        entry("stop_timeout: 2h"),
                        "5: 'stop_timeout' in project 'a' must be a duration such as 500ms, 10s or 2m, at most 1h, not '2h'"),
                arguments(
                        entry("permission_mode: --yolo"),
                        "5: 'permission_mode' in project 'a' must be a single word, as the agent calls it, not '--yolo'"),
                arguments(
                        entry("ready: '(>>> '"),
                        "5: 'ready' in project 'a' is no regular expression: Unclosed group near character 6"),
                arguments(
                        entry("busy: '[a-'"),
                        "5: 'busy' in project 'a' is no regular expression: Illegal character range near character 4"),
                arguments(
                        entry("dialog: '.*'"),
                        "5: 'dialog' in project 'a' matches an empty line, so it would match always"),
                arguments(
                        entry("ready: " + "x".repeat(1001)),
                        "5: 'ready' in project 'a' is longer than 1000 characters"),
                arguments(entry("inject: type"), "5: 'inject' in project 'a' must be paste or line, not 'type'"),
                arguments(
                        entry("resume_args: --continue"),
                        "5: 'resume_args' in project 'a' must be a list, such as [\"--continue\"]"),
                arguments(
                        "projects: []\ndefaults:\n  name: a\n",
                        "3: unknown key 'name' in 'defaults'; known keys: " + String.join(", ", ProjectKeys.SHARED)));
    }

    static Stream<Arguments> strings() {
        return Stream.of(
                arguments(
                        entry("args: --model opus"),
                        "5: 'args' in project 'a' must be a list, such as [\"--model\", \"opus\"]"),
                arguments(
                        entry("args:\n  - ok\n  - [x]"),
                        "7: item 2 of 'args' in project 'a' must be a single value, not a list"),
                arguments(entry("env: [A]"), "5: 'env' in project 'a' must be a mapping, such as {KEY: value}"),
                arguments(
                        entry("env: {A-B: x}"),
                        "5: 'A-B' in 'env' in project 'a' is no name of a variable; use letters, digits and '_'"),
                arguments(
                        entry("env: {AGENTCTL_TOKEN: x}"),
                        "5: 'AGENTCTL_TOKEN' in 'env' in project 'a' is set by agentctl itself; choose another name"),
                arguments(
                        entry("env:\n  A:"),
                        "6: 'A' in 'env' in project 'a' has no value; write one (\"\" for an empty text) or remove the key"),
                arguments(
                        entry("prompt: null"),
                        "5: 'prompt' in project 'a' has no value; write one (\"\" for an empty text) or remove the key"),
                arguments(entry("executable: ''"), "5: 'executable' in project 'a' is empty"),
                arguments(
                        entry("executable: ~bob/x"),
                        "5: 'executable' in project 'a' begins with another user's '~'; write the whole path"),
                arguments(entry("prompt: \"a\\0b\""), "5: 'prompt' in project 'a' holds a NUL character"),
                arguments(
                        entry("prompt: ${NOPE}"),
                        "5: 'prompt' in project 'a' needs the environment variable NOPE, which is not set"),
                arguments(
                        entry("prompt: x ${NOPE"),
                        "5: 'prompt' in project 'a' has '${' without '}'; write $${ for the two characters themselves"),
                arguments(
                        entry("prompt: ${1+1}"),
                        "5: 'prompt' in project 'a' may hold ${NAME} and ${NAME:-default} only; write $${ for the two"
                                + " characters themselves"));
    }

    static Stream<Arguments> telegrams() {
        return Stream.of(
                arguments(TELEGRAM, "3: no 'operators:', the numeric ids of those who may command in 'telegram'"),
                arguments(
                        TELEGRAM + "  operators: []\n",
                        "4: 'operators' in 'telegram' is empty, so nobody could command; list your numeric user id"),
                arguments(
                        TELEGRAM + "  operators: 7\n",
                        "4: 'operators' in 'telegram' must be a list, such as [123456789]"),
                arguments(
                        TELEGRAM + "  operators: [ann]\n",
                        "4: item 1 of 'operators' in 'telegram' must be a whole number, not 'ann'"),
                arguments(
                        TELEGRAM + "  operators: [0123]\n",
                        "4: item 1 of 'operators' in 'telegram' must be a whole number, not '0123'"),
                arguments(
                        TELEGRAM + "  operators: [-100]\n",
                        "4: item 1 of 'operators' in 'telegram' must be a person's id, which is positive"),
                arguments(TELEGRAM + "  operators: [1, 1087968824]\n", "4: item 2" + SERVICE),
                arguments(TELEGRAM + "  operators: [777000]\n", "4: item 1" + SERVICE),
                arguments(TELEGRAM + "  operators:\n    - 5\n    - 136817688\n", "6: item 2" + SERVICE),
                arguments(
                        TELEGRAM + "  operators: [1]\n  chat: 0\n",
                        "5: 'chat' in 'telegram' is no chat that a bot can write to"),
                arguments(
                        TELEGRAM + "  operators: [1]\n  token_file: t\n",
                        "5: 'token_file' in 'telegram' stands beside 'token'; keep one of them"),
                arguments(
                        "projects: []\ntelegram:\n  operators: [1]\n", "3: no 'token:' or 'token_file:' in 'telegram'"),
                arguments(
                        "projects: []\ntelegram:\n  token: ${NOPE}\n  operators: [1]\n",
                        "3: 'token' in 'telegram' needs the environment variable NOPE, which is not set"),
                arguments(
                        "projects: []\ntelegram:\n  token: hunter2\n  operators: [1]\n",
                        "3: 'token' in 'telegram' is no bot token; BotFather gives one that looks like 123456789:AbC-dEf"),
                arguments(TELEGRAM + "  operators: [1]\n  api_url: ftp://x\n", URL),
                arguments(TELEGRAM + "  operators: [1]\n  api_url: 'http://u:p@x/'\n", URL),
                arguments(TELEGRAM + "  operators: [1]\n  api_url: 'http://a b'\n", URL));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(
                        "projects: []\nmcp:\n  remote: {writes: true}\n",
                        "3: no 'listen:', an address and port such as 127.0.0.1:8765 in 'mcp.remote'"),
                arguments(
                        "projects: []\nmcp:\n  remote: {listen: 'host:80'}\n",
                        "3: 'listen' in 'mcp.remote' must be an address and port of this machine, such as"
                                + " 127.0.0.1:8765, not 'host:80'"),
                arguments(
                        "projects: []\nmcp:\n  remote: {listen: '0.0.0.0:8765'}\n",
                        "3: no 'url:', which others need: what clients call it, such as https://host.example/mcp in"
                                + " 'mcp.remote'"),
                arguments(
                        "projects: []\nmcp:\n  remote: {listen: 8765, url: 'ftp://a'}\n",
                        "3: 'url' in 'mcp.remote' must be an http or https URL of a host, without user, query or"
                                + " fragment, not 'ftp://a'"),
                arguments(
                        "projects: []\nmcp:\n  port: 65536\n",
                        "3: 'port' in 'mcp' must be between 0 and 65535; 0 chooses one"),
                arguments(
                        "projects: []\nmcp:\n  tool_prefix: a b\n",
                        "3: 'tool_prefix' in 'mcp' must be up to 32 letters, digits, '_' and '-'"),
                arguments("projects: []\nmcp: yes\n", "2: expected 'key: value' lines in 'mcp'"));
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheirLines() throws IOException {
        assertThat(
                        new ConfigurationFolder(folder)
                                .problems(
                                        "projects:\n- {name: a, directory: /a, agent: x}\n- {name: b, restart: maybe}\nmpc: {}\n"))
                .extracting(line -> List.of(line.split(": ", 2)).getFirst())
                .containsExactly(
                        "agentctl.yaml:2", "agentctl.yaml:3", "agentctl.yaml:3", "agentctl.yaml:3", "agentctl.yaml:4");
    }

    @Test
    void problemsAreBounded() throws IOException {
        StringBuilder yaml = new StringBuilder("projects: []\n");
        for (int i = 0; i < 5000; i++) {
            yaml.append("unknown").append(i).append(": 1\n");
        }
        assertThat(new ConfigurationFolder(folder).problems(yaml.toString()))
                .hasSize(Problems.MOST + 1)
                .last()
                .isEqualTo("there are more problems; these are the first 200");
    }

    @Test
    void recursiveAliasesAreReadOnceAndRefused() throws IOException {
        assertThat(new ConfigurationFolder(folder).problems("projects: &p [*p, {name: *p}]\n"))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("agentctl.yaml:1: "));
    }

    @Test
    void replacedVariablesCannotFillTheMemory() throws IOException {
        ConfigurationFolder files = new ConfigurationFolder(folder);
        files.set("BIG", "x".repeat(100_000));
        assertThat(files.problems(entry("args: [" + "'${BIG}${BIG}', ".repeat(100) + "]")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("is too long once its variables are replaced"));
    }

    @Test
    void aTokenInTheWrongPlaceIsNotRepeated() throws IOException {
        String key = "Zk3vAAtheVerySecretPartOfIt";
        assertThat(new ConfigurationFolder(folder)
                        .problems("projects: []\n" + key + ": 1\nmcp: {port: " + key + ", \""
                                + ConfigurationFolder.TOKEN + "\": 1}\n"))
                .containsExactly(
                        "agentctl.yaml:2: unknown key '(hidden)'; known keys: telegram, mcp, defaults, projects",
                        "agentctl.yaml:3: unknown key '123456789:(hidden)' in 'mcp'; known keys: tool_prefix, port, remote",
                        "agentctl.yaml:3: 'port' in 'mcp' must be a whole number, not '(hidden)'");
    }

    @Test
    void aHostileKeyStaysOnOneLineAndHidesNothing() throws IOException {
        assertThat(new ConfigurationFolder(folder)
                        .problems("projects: []\n\"a\\nb\\e[31m\\u202e" + "x".repeat(500) + "\": 1\n"))
                .singleElement()
                .asString()
                .startsWith("agentctl.yaml:2: unknown key 'a\\u000ab\\u001b[31m\\u202exxx")
                .contains("x…'; known keys: ")
                .hasSizeLessThan(420);
    }

    private static final String SERVICE =
            " of 'operators' in 'telegram' is one of Telegram's service ids, which stands for many people; list your own user id";
    private static final String URL =
            "5: 'api_url' in 'telegram' must be an http or https URL of a host, without user, query or fragment";

    private static String entry(String keys) {
        return "projects:\n  - name: a\n    directory: /src/a\n    agent: claude\n" + keys.indent(4);
    }
}
