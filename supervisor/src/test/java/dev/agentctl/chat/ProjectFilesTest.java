package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ProjectFilesTest {
    private final ProjectFiles files = new ProjectFiles();

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void make() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.createDirectories(project.resolve("docs"));
        Files.writeString(project.resolve("docs/notes <b>.txt"), "notes");
        Files.writeString(folder.resolve("outside.txt"), "outside");
    }

    private String refused(String path) {
        ProjectFiles.Search search = files.find(project, path);
        assertThat(search).isNotInstanceOf(ProjectFiles.Found.class);
        String reason = search instanceof ProjectFiles.Secret secret
                ? secret.reason()
                : ((ProjectFiles.Refused) search).reason();
        assertThat(reason.lines()).hasSize(1);
        return reason;
    }

    @Test
    void aFileOfTheProjectIsFound() throws IOException {
        Path real = project.toRealPath().resolve("docs/notes <b>.txt");
        for (String path : new String[] {"docs/notes <b>.txt", "./docs/../docs/notes <b>.txt", real.toString()}) {
            assertThat(files.find(project, path)).isEqualTo(new ProjectFiles.Found(real, "notes <b>.txt"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "docs/../../outside.txt", "/etc/passwd", "/proc/self/environ", ".."})
    void nothingOutsideIsFound(String path) {
        assertThat(refused(path)).contains("outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/x", "%2e%2e/outside.txt", "missing", "docs/notes <b>.txt/x", "\u0000", "a\nb", ""})
    void whatIsNoFileOfTheProjectIsRefused(String path) {
        refused(path);
    }

    @Test
    void aNameOfAnyLengthIsRefused() {
        refused("x".repeat(4_000));
        refused("x/".repeat(3_000));
    }

    @Test
    void aLinkOutOfTheProjectIsRefused() throws IOException {
        Files.createSymbolicLink(project.resolve("link"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(project.resolve("folder"), folder);
        Files.createSymbolicLink(project.resolve("loop"), project.resolve("loop"));
        assertThat(refused("link")).contains("outside");
        assertThat(refused("folder/outside.txt")).contains("outside");
        refused("loop");
    }

    @Test
    void aLinkInsideIsFollowed() throws IOException {
        Files.createSymbolicLink(project.resolve("latest"), Path.of("docs/notes <b>.txt"));
        assertThat(files.find(project, "latest")).isInstanceOf(ProjectFiles.Found.class);
    }

    @Test
    void aProjectBehindALinkIsSearched() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("p"), project);
        assertThat(files.find(link, "docs/notes <b>.txt")).isInstanceOf(ProjectFiles.Found.class);
    }

    @Test
    void onlyRegularFilesAreSent() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", project.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(refused("fifo")).contains("regular");
        assertThat(refused("docs")).contains("regular");
        assertThat(refused(".")).contains("regular");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                ".env.local",
                ".ENV",
                "server.pem",
                "Server.KEY",
                "id_rsa",
                "id_ed25519",
                "id_ecdsa",
                "a.p12"
            })
    void whatHoldsSecretsIsNotSent(String name) throws IOException {
        Files.writeString(project.resolve(name), "secret");
        assertThat(refused(name)).contains("secrets");
        Files.createSymbolicLink(project.resolve("harmless.txt"), Path.of(name));
        assertThat(refused("harmless.txt")).contains("secrets");
    }

    @Test
    void whatTheProjectAllowsIsNoSecretAndNothingElse() throws IOException {
        Files.writeString(project.resolve(".env"), "secret");
        Files.writeString(project.resolve("docs/.env"), "example");
        List<Path> allowed = List.of(Path.of("docs/.env"));
        assertThat(files.find(project, "docs/../docs/.env", allowed)).isInstanceOf(ProjectFiles.Found.class);
        assertThat(files.find(project, ".env", allowed)).isInstanceOf(ProjectFiles.Secret.class);
        Files.delete(project.resolve("docs/.env"));
        Files.createSymbolicLink(project.resolve("docs/.env"), Path.of("../.env"));
        assertThat(files.find(project, "docs/.env", allowed)).isInstanceOf(ProjectFiles.Secret.class);
    }

    @Test
    void theRepositorysInsidesAreNotSent() throws IOException {
        Files.createDirectories(project.resolve(".git"));
        Files.writeString(project.resolve(".git/config"), "token");
        assertThat(refused(".git/config")).contains("secrets");
    }

    @Test
    void anEmptyOrAHugeFileIsRefusedUnread() throws IOException {
        Files.createFile(project.resolve("empty"));
        assertThat(refused("empty")).contains("empty");
        try (RandomAccessFile sparse =
                new RandomAccessFile(project.resolve("huge").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertThat(refused("huge")).contains("50 MB");
        try (RandomAccessFile edge =
                new RandomAccessFile(project.resolve("edge").toFile(), "rw")) {
            edge.setLength((50L << 20) + 1);
        }
        refused("edge");
    }

    @Test
    void aProjectThatIsGoneHasNoFiles() {
        assertThat(files.find(folder.resolve("gone"), "x")).isInstanceOf(ProjectFiles.Refused.class);
    }
}
