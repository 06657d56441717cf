package dev.agentctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/agentctl` before a product whose main class prints what reached it.
final class LauncherTest {
    private static final Map<String, String> NO_LOCALE = Map.of("PATH", "/usr/bin:/bin");

    private static final String MAIN = """
            package dev.agentctl.cli;
            public final class Main {
                public static void main(String[] arguments) throws java.io.IOException {
                    var out = new java.io.PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
                    out.println(System.getProperty("agentctl.install"));
                    for (String argument : arguments) {
                        out.println("<" + argument + ">");
                    }
                    out.print(new String(System.in.readNBytes(99), java.nio.charset.StandardCharsets.UTF_8));
                    System.exit(arguments.length);
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path install;
    private Path launcher;
    private Path product;

    @BeforeEach
    void install() throws IOException {
        install = Files.createDirectories(folder.toRealPath().resolve("with a space"));
        product = Files.createDirectories(install.resolve("supervisor/target"));
        Path scripts = Files.createDirectory(install.resolve("scripts"));
        launcher = scripts.resolve("agentctl");
        Files.copy(ScriptRun.SCRIPTS.resolve("agentctl"), launcher);
        Files.copy(ScriptRun.SCRIPTS.resolve("jvm-options"), scripts.resolve("jvm-options"));
        script("build", "echo unexpected build; exit 1");
        makeJar();
        Files.writeString(
                product.resolve("jdk-home"), ScriptRun.JAVA.resolve("../..").normalize() + "\n");
    }

    @Test
    void startsThroughLinksFromAnyFolder() throws IOException, InterruptedException {
        Path links = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(links.resolve("direct"), launcher);
        Files.createSymbolicLink(links.resolve("indirect"), Path.of("direct"));

        ScriptRun run = run(links, "./indirect");

        assertThat(run).isEqualTo(new ScriptRun(0, install + "\n", ""));
    }

    @Test
    void startsByItsBareNameInItsOwnFolder() throws IOException, InterruptedException {
        ScriptRun run = run(install.resolve("scripts"), "sh", "agentctl");

        assertThat(run).isEqualTo(new ScriptRun(0, install + "\n", ""));
    }

    @Test
    void argumentsAndExitCodePassUnchangedWithoutLocale() throws IOException, InterruptedException {
        ScriptRun run =
                run(folder, launcher.toString(), "send", "a  b", "", "@argfile", "-XX:nonsense", "Grüße 漢字", "*");

        assertThat(run)
                .isEqualTo(new ScriptRun(
                        7, install + "\n<send>\n<a  b>\n<>\n<@argfile>\n<-XX:nonsense>\n<Grüße 漢字>\n<*>\n", ""));
    }

    @Test
    void aClosedStandardInputIsAnEmptyOne() throws IOException, InterruptedException {
        ScriptRun run = run(folder, "sh", "-c", "exec '" + launcher + "' <&-");

        assertThat(run).isEqualTo(new ScriptRun(0, install + "\n", ""));
    }

    @Test
    void whatIsReadAndWrittenPassesThroughIt() throws IOException, InterruptedException {
        ScriptRun run = run(folder, "sh", "-c", "echo hello | '" + launcher + "' 2>&-");

        assertThat(run).isEqualTo(new ScriptRun(0, install + "\nhello\n", ""));
    }

    @Test
    void statusTakesTheJvmOnlyWhereTheQuickWayFails() throws IOException, InterruptedException {
        Files.writeString(install.resolve("scripts/quick-status"), "print qq(quick @ARGV);");

        assertThat(run(folder, launcher.toString(), "status", "a")).isEqualTo(new ScriptRun(0, "quick a", ""));
        Files.writeString(install.resolve("scripts/quick-status"), "print STDERR 'no'; exit 1;");
        assertThat(run(folder, launcher.toString(), "status", "a b"))
                .isEqualTo(new ScriptRun(2, install + "\n<status>\n<a b>\n", ""));
    }

    @Test
    void anUnusableCacheIsSilent() throws IOException, InterruptedException {
        Files.writeString(product.resolve("agentctl.aot"), "not a cache");

        assertThat(run(folder, launcher.toString())).isEqualTo(new ScriptRun(0, install + "\n", ""));
    }

    @Test
    void firstUseBuildsAndKeepsStandardOutputClean() throws IOException, InterruptedException {
        Path jdkHome = product.resolve("jdk-home");
        Files.move(jdkHome, install.resolve("jdk-home"));
        script("build", "echo \"building $1\"; mv \"%s\" \"%s\"".formatted(install.resolve("jdk-home"), jdkHome));

        assertThat(run(folder, launcher.toString()))
                .isEqualTo(new ScriptRun(0, install + "\n", "building --first-use\n"));
    }

    @Test
    void aFailedBuildEndsWithOneAndStartsNothing() throws IOException, InterruptedException {
        Files.delete(product.resolve("jdk-home"));

        assertThat(run(folder, launcher.toString())).isEqualTo(new ScriptRun(1, "", "unexpected build\n"));
    }

    @Test
    void aCacheOlderThanTheJarIsMadeAgain() throws IOException, InterruptedException {
        Path cache = Files.writeString(product.resolve("agentctl.aot"), "not a cache");
        Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
        script("build", "echo \"build $1\"; rm \"%s\"".formatted(cache));

        assertThat(run(folder, launcher.toString())).isEqualTo(new ScriptRun(0, install + "\n", "build --caches\n"));
    }

    private static ScriptRun run(Path where, String... command) throws IOException, InterruptedException {
        return ScriptRun.of(where, NO_LOCALE, List.of(command));
    }

    private void script(String name, String body) throws IOException {
        Path file = install.resolve("scripts").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void makeJar() throws IOException {
        Path source = Files.writeString(folder.resolve("Main.java"), MAIN);
        assertThat(Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        String main = "dev/agentctl/cli/Main.class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(product.resolve("agentctl.jar")))) {
            jar.putNextEntry(new JarEntry(main));
            Files.copy(folder.resolve(main), jar);
        }
    }
}
