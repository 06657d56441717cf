package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SetupTest {
    private static final long ADA = 4_711;

    @TempDir
    Path home;

    private TelegramStandIn telegram;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        telegram = TelegramStandIn.start();
        file = home.resolve(".config/agentctl/agentctl.yaml");
        Files.createDirectories(home.resolve("src/shop/.git"));
        Files.createDirectories(home.resolve("bin"));
        Path codex = Files.writeString(home.resolve("bin/codex"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(codex, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void stop() {
        telegram.close();
    }

    private CommandRun.Result run(String input, Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("PATH", home.resolve("bin").toString());
        environment.put(
                "AGENTCTL_HOME", new StateFolder(home.resolve("state")).path().toString());
        List<String> all =
                new ArrayList<>(List.of("setup", "--api-url", telegram.url().toString()));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                all.toArray(String[]::new),
                new Surroundings(
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        new RoleLaunch("supervisor", "no.such.Main", 32)));
        return new CommandRun.Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Configuration read(Map<String, String> environment) {
        ConfigurationResult result = new ConfigurationReader().read(file, environment, home);
        assertThat(result).isInstanceOf(ConfigurationResult.Valid.class);
        return ((ConfigurationResult.Valid) result).configuration();
    }

    @Test
    void theFirstWhoWritesIsTheOperatorAndTheTokenIsForItsOwnerAlone() throws IOException {
        var _ = telegram.sendFromUser(ADA, ADA, "hello");
        String answers = "1234:no-such-token-xx\n" + TelegramStandIn.TOKEN + "\ny\n" + home.resolve("src/shop") + "\n";
        CommandRun.Result result = run(answers, Map.of());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("wrote " + file);
        assertThat(result.err())
                .contains("does not know this token")
                .contains("id " + ADA)
                .contains("hello");
        assertThat(result.err() + result.out()).doesNotContain(TelegramStandIn.TOKEN);
        assertThat(Files.readString(file)).doesNotContain(TelegramStandIn.TOKEN);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.resolveSibling(SetupCommand.TOKEN_FILE))))
                .isEqualTo("rw-------");
        Configuration written = read(Map.of());
        assertThat(written.telegram().orElseThrow().token().reveal()).isEqualTo(TelegramStandIn.TOKEN);
        assertThat(written.telegram().orElseThrow().operators()).containsExactly(ADA);
        assertThat(written.projects()).hasSize(1);
        assertThat(written.projects().getFirst().name()).isEqualTo("shop");
        assertThat(written.projects().getFirst().agent().word()).isEqualTo("codex");
        assertThat(written.projects().getFirst().directory()).isEqualTo(home.resolve("src/shop"));
    }

    @Test
    void flagsAnswerEverythingAndNothingIsOverwritten() throws IOException {
        Map<String, String> variables = Map.of("TELEGRAM_BOT_TOKEN", TelegramStandIn.TOKEN);
        String[] flags = {"--operator", "42", "--project", "a b=" + home, "--project", "~/src/shop", "--agent", "claude"
        };
        assertThat(run("", variables, flags).code()).isEqualTo(2);
        flags[3] = "all=" + home;
        CommandRun.Result printed = run("", variables, concat(flags, "--print"));
        assertThat(printed.code()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("operators: [42]");
        assertThat(file).doesNotExist();
        assertThat(run("", variables, flags).code()).isZero();
        assertThat(read(variables).projects()).extracting("name").containsExactly("all", "shop");
        assertThat(Files.readString(file)).contains("${TELEGRAM_BOT_TOKEN}").doesNotContain(TelegramStandIn.TOKEN);
        String before = Files.readString(file);
        CommandRun.Result again = run("", variables, flags);
        assertThat(again.code()).isEqualTo(7);
        assertThat(again.err()).contains("not overwritten").hasLineCount(1);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    private static String[] concat(String[] flags, String more) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add(more);
        return all.toArray(String[]::new);
    }

    @Test
    void whatCannotBeIsOneLineAndWritesNothing() {
        assertThat(run("", Map.of(), "--no-telegram", "--project", "/no/such").err())
                .isEqualTo("agentctl: there is no folder /no/such; nothing was written\n");
        CommandRun.Result silent = run("", Map.of("TELEGRAM_BOT_TOKEN", TelegramStandIn.TOKEN), "--wait", "1");
        assertThat(silent.code()).isEqualTo(6);
        assertThat(silent.err()).contains("nobody wrote to");
        assertThat(run("", Map.of(), "--no-telegram").err()).contains("no more answers");
        telegram.revokeToken("7000000001:AAanother-Token_for-tests-only-0123456789");
        assertThat(run("", Map.of("TELEGRAM_BOT_TOKEN", TelegramStandIn.TOKEN), "--operator", "1")
                        .err())
                .contains("does not know this token");
        assertThat(file).doesNotExist();
    }
}
