package dev.agentctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `scripts/UpgradeClassFiles.java` on picocli, whose class files are as old as Java 5.
final class UpgradeClassFilesTest {
    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void copyPicocli() throws IOException, URISyntaxException {
        CodeSource source =
                Objects.requireNonNull(CommandLine.class.getProtectionDomain().getCodeSource());
        Path original = Path.of(Objects.requireNonNull(source.getLocation()).toURI());
        jar = Files.copy(original, folder.resolve("picocli.jar"));
    }

    @Test
    void upgradedClassesPassTheVerifier() throws IOException, InterruptedException {
        assertThat(version()).isLessThan(50);

        assertThat(upgrade().out()).startsWith("picocli.jar: ");

        assertThat(version()).isEqualTo(61);
        ScriptRun help = java("-cp", jar.toString(), "picocli.AutoComplete", "--help");
        assertThat(help.err()).doesNotContain("VerifyError");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage:");
    }

    @Test
    void aSecondRunChangesNothing() throws IOException, InterruptedException {
        upgrade();
        byte[] once = Files.readAllBytes(jar);

        assertThat(upgrade()).isEqualTo(new ScriptRun(0, "", ""));

        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(jar);
        }
    }

    private ScriptRun upgrade() throws IOException, InterruptedException {
        return java(ScriptRun.SCRIPTS.resolve("UpgradeClassFiles.java").toString(), folder.toString());
    }

    private ScriptRun java(String... arguments) throws IOException, InterruptedException {
        return ScriptRun.of(
                folder,
                Map.of(),
                Stream.concat(Stream.of(ScriptRun.JAVA.toString()), Arrays.stream(arguments))
                        .toList());
    }

    private int version() throws IOException {
        try (JarFile open = new JarFile(jar.toFile());
                DataInputStream in =
                        new DataInputStream(open.getInputStream(new ZipEntry("picocli/CommandLine.class")))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
