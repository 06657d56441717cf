package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleLaunchTest {
    @TempDir
    Path product;

    @Test
    void aRoleStartsFromOurOwnClassPath() {
        List<String> command = RoleLaunch.HOST.command();
        String ours = Stream.of(Objects.requireNonNull(System.getProperty("java.class.path"))
                        .split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(command).containsSequence("-cp", ours, "dev.agentctl.host.HostMain");
    }

    @Test
    void onlyTheHostIsCompiledLate() {
        assertThat(RoleLaunch.HOST.command()).contains("-XX:Tier4InvocationThreshold=50000");
        assertThat(RoleLaunch.SUPERVISOR.command()).doesNotContain("-XX:Tier4InvocationThreshold=50000");
    }

    @Test
    void anotherProductsRoleStartsFromItsJarAndItsCache() throws IOException {
        Path cache = Files.createFile(product.resolve("host.aot"));
        assertThat(RoleLaunch.HOST.from(product).command())
                .contains("-XX:AOTCache=" + cache, "-Dagentctl.caches=" + product)
                .containsSequence("-cp", product + "/agentctl.jar", "dev.agentctl.host.HostMain");
    }

    /// A role whose main waits while another of its threads takes all memory.
    static final class Glutton {
        public static void main(String[] arguments) throws InterruptedException {
            Thread eating = new Thread(() -> {
                List<byte[]> all = new ArrayList<>();
                while (!all.isEmpty() || all.add(new byte[1])) {
                    all.add(new byte[1 << 20]);
                }
            });
            eating.start();
            new CountDownLatch(1).await();
        }
    }

    @Test
    void oneWithoutMemoryEndsInsteadOfGoingOnWithAThreadLess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new RoleLaunch("glutton", Glutton.class.getName(), 16).command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCacheThatIsMissingIsNotNamed() {
        assertThat(RoleLaunch.SUPERVISOR.from(product).command()).noneMatch(option -> option.contains("AOTCache"));
    }
}
