package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleLaunchTest {
    @TempDir
    Path product;

    @Test
    void aRoleStartsFromOurOwnClassPath() {
        List<String> command = RoleLaunch.HOST.command();
        String path = command.get(command.indexOf("-cp") + 1);
        assertThat(path)
                .contains(Objects.requireNonNull(System.getProperty("java.class.path"))
                        .split(":")[0]);
        assertThat(command.getLast()).isEqualTo("dev.agentctl.host.HostMain");
    }

    @Test
    void anotherProductsRoleStartsFromItsJarAndItsCache() throws IOException {
        Path cache = Files.createFile(product.resolve("host.aot"));
        assertThat(RoleLaunch.HOST.from(product).command())
                .contains("-XX:AOTCache=" + cache, "-Dagentctl.caches=" + product)
                .containsSequence("-cp", product + "/agentctl.jar", "dev.agentctl.host.HostMain");
    }

    @Test
    void aCacheThatIsMissingIsNotNamed() {
        assertThat(RoleLaunch.SUPERVISOR.from(product).command()).noneMatch(option -> option.contains("AOTCache"));
    }
}
