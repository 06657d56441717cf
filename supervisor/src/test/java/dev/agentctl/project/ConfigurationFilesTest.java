package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files themselves: theirs, ours, too large, not there.
final class ConfigurationFilesTest {
    private static final int STRANGER = 65534;
    private static final String WITH_FILE = "projects: []\ntelegram:\n  token_file: secrets/token\n  operators: [7]\n";

    @TempDir
    private Path folder;

    private ConfigurationFolder files = new ConfigurationFolder(Path.of("."));

    @BeforeEach
    void useTheFolder() {
        files = new ConfigurationFolder(folder);
    }

    @Test
    void aMissingFileSaysHowToBegin() {
        assertThat(ConfigurationFolder.lines(files.read(files.path("agentctl.yaml"))))
                .containsExactly(
                        "no configuration file " + files.path("agentctl.yaml") + "; write one with: agentctl setup");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThat(ConfigurationFolder.lines(files.read(folder))).containsExactly(folder + " is not a regular file");
    }

    @Test
    void aDeviceIsRefusedUnopened() {
        assertThat(ConfigurationFolder.lines(files.read(Path.of("/dev/zero")))).hasSize(1);
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        Path file = files.write("agentctl.yaml", "");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100L << 20);
        }
        assertThat(ConfigurationFolder.lines(files.read(file))).containsExactly(file + " is larger than 4096 KiB");
    }

    @Test
    void tooManyCharactersAreRefused() throws IOException {
        assertThat(files.problems("#" + "x".repeat(1 << 20)))
                .containsExactly("agentctl.yaml:1: the file is longer than 1048576 characters");
    }

    @Test
    void whatIsNotUtf8NamesItsLine() throws IOException {
        byte[] latin = "projects: []\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ConfigurationFolder.lines(files.read(files.write("agentctl.yaml", latin))))
                .containsExactly("agentctl.yaml:2: not UTF-8 text; save the file as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-----w-", "rw-rw-rw-"})
    void aFileThatOthersCanChangeIsRefused(String permissions) throws IOException {
        files.write("agentctl.yaml", "projects: []");
        Path file = files.chmod("agentctl.yaml", permissions);
        assertThat(ConfigurationFolder.lines(files.read(file)))
                .containsExactly(file + " can be changed by other users; run: chmod go-w " + file);
    }

    @Test
    void aFileOfAnotherUserIsRefused() throws IOException {
        assumeThat(new UnixSystem().getUid()).isZero();
        Path file = files.write("agentctl.yaml", "projects: []");
        Files.setAttribute(file, "unix:uid", STRANGER);
        assertThat(ConfigurationFolder.lines(files.read(file)))
                .containsExactly(file + " belongs to another user (uid 65534); run: chown 0 " + file);
    }

    @Test
    void rootsFilesAreTrustedByEveryone() {
        Path file = Path.of("/etc/agentctl.yaml");
        assertThat(new FileAccess(0600, 0, 1000).exposed(file)).isEmpty();
        assertThat(new FileAccess(0600, 1000, 1000).exposed(file)).isEmpty();
        assertThat(new FileAccess(0600, 1001, 1000).unsafe(file)).isPresent();
    }

    @Test
    void aLiteralTokenNeedsAPrivateFile() throws IOException {
        String literal = "projects: []\ntelegram:\n  token: " + ConfigurationFolder.TOKEN + "\n  operators: [7]\n";
        assertThat(files.problems(literal)).isEmpty();
        Path file = files.chmod("agentctl.yaml", "rw-r--r--");
        assertThat(ConfigurationFolder.lines(files.read(file)))
                .containsExactly("agentctl.yaml:3: 'token' in 'telegram': " + file
                        + " holds a secret and can be read by other users; run: chmod 600 " + file);
    }

    @ParameterizedTest
    @CsvSource({"${TELEGRAM_BOT_TOKEN},0", "'${NOPE:-" + ConfigurationFolder.TOKEN + "}',1"})
    void aTokenFromTheEnvironmentDoesNotButItsWrittenDefaultDoes(String token, int problems) throws IOException {
        files.write("agentctl.yaml", "projects: []\ntelegram:\n  token: " + token + "\n  operators: [7]\n");
        assertThat(ConfigurationFolder.lines(files.read(files.chmod("agentctl.yaml", "rw-r--r--"))))
                .hasSize(problems);
    }

    @Test
    void aTokenFileIsReadRelativeToTheConfiguration() throws IOException {
        Files.createDirectory(files.path("secrets"));
        files.write("secrets/token", ConfigurationFolder.TOKEN + "\n");
        assertThat(files.valid(WITH_FILE).configuration().telegram())
                .hasValueSatisfying(
                        telegram -> assertThat(telegram.token().reveal()).isEqualTo(ConfigurationFolder.TOKEN));
    }

    @Test
    void aTokenFileThatIsNotSafeIsRefusedWithoutItsContent() throws IOException {
        Files.createDirectory(files.path("secrets"));
        Path token = files.path("secrets/token");
        String at = "agentctl.yaml:3: 'token_file' in 'telegram'";
        assertThat(files.problems(WITH_FILE)).containsExactly(at + ": cannot read " + token + ": no such file");
        files.write("secrets/token", ConfigurationFolder.TOKEN);
        files.chmod("secrets/token", "rw-r-----");
        assertThat(files.problems(WITH_FILE))
                .containsExactly(
                        at + ": " + token + " holds a secret and can be read by other users; run: chmod 600 " + token);
        files.write("secrets/token", "two\nlines");
        assertThat(files.problems(WITH_FILE))
                .containsExactly(at + " is no bot token; BotFather gives one that looks like 123456789:AbC-dEf");
    }

    @Test
    void anEnvFileStandsUnderEnvAndIsReadBelowTheProject() throws IOException {
        Files.createDirectory(files.path("src"));
        files.write("src/.env", "A=1\nB=1\n");
        assertThat(files.valid(project(".env", "env: {B: 2}")).configuration().projects())
                .extracting(Project::env)
                .containsExactly(Map.of("A", "1", "B", "2"));
    }

    @Test
    void theSecretsOfAnEnvFileAndThoseWithATellingNameAreKnown() throws IOException {
        Files.createDirectory(files.path("src"));
        files.write("src/.env", """
                NODE_ENV=development
                PORT=12345678
                HOME_PAGE=https://example.org/page
                CACHE=/var/cache/thing
                PIN=short1
                OPAQUE=correct-horse-7
                DATABASE_URL=postgres://ann:correct-horse@db/x
                """);
        String env = "env: {API_KEY: abcdefghij, EDITOR: nvim --clean 1, AUTHOR: Ann-Example}";
        assertThat(files.valid(project(".env", env)).configuration().secrets())
                .extracting(Secret::reveal)
                .containsExactly("correct-horse-7", "postgres://ann:correct-horse@db/x", "correct-horse", "abcdefghij");
    }

    @Test
    void whatIsWrongInAnEnvFileNamesItsLine() throws IOException {
        Files.createDirectory(files.path("src"));
        files.write("src/.env", "A=1\nhunter2\n\nC='x\n");
        assertThat(files.problems(project(".env", "trust: true")))
                .containsExactly(
                        ".env:2: expected NAME=value; a name has letters, digits and '_' only",
                        ".env:4: the quote in the value of C does not close, or text follows it");
        files.write("src/.env", "AGENTCTL_SESSION=1\n");
        assertThat(files.problems(project(".env", "trust: true")))
                .containsExactly(
                        "agentctl.yaml:5: 'env_file' in project 'a' sets AGENTCTL_SESSION, which agentctl sets itself");
    }

    @Test
    void aMissingEnvFileIsAProblemButAMissingProjectIsNot() throws IOException {
        String yaml = project(".env", "trust: true");
        assertThat(files.valid(yaml).warnings())
                .containsExactly("agentctl.yaml:5: 'env_file' in project 'a' was not read, since the directory "
                        + Problem.cut(files.path("src").toString()) + " does not exist");
        Files.createDirectory(files.path("src"));
        assertThat(files.problems(yaml))
                .containsExactly("agentctl.yaml:5: 'env_file' in project 'a': cannot read " + files.path("src/.env")
                        + ": no such file");
    }

    @Test
    void theExampleIsValid() throws IOException {
        ConfigurationResult.Valid example = files.valid(Files.readString(example()));
        assertThat(example.warnings()).isEmpty();
        assertThat(example.configuration().projects())
                .extracting(Project::name)
                .isEqualTo(List.of("project-a", "project-b", "top", "python"));
    }

    @Test
    void theExampleIsValidWithAllItsCommentedKeysToo() throws IOException {
        Files.createDirectory(files.path("src"));
        files.write("src/.env", "A=1\n");
        String all = Files.readString(example())
                .replaceAll(
                        "(?m)^( *)# ((?:chat|api_url|mcp|executable|permission_mode|busy|inject|resume_args|limits|sandbox): ?)",
                        "$1$2")
                .replaceAll("(?m)^#   ((?:tool_prefix|port): )", "  $1");
        assertThat(all).contains("\nmcp:").contains("\n  tool_prefix: ").contains("\n    executable: ");
        assertThat(files.problems(all)).isEmpty();
    }

    private static Path example() {
        return Path.of("").toAbsolutePath().resolveSibling("config").resolve("agentctl.example.yaml");
    }

    private static String project(String envFile, String more) {
        return "projects:\n  - name: a\n    directory: src\n    agent: claude\n    env_file: " + envFile + "\n"
                + more.indent(4);
    }
}
