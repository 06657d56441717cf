package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.host.HostClient;
import dev.agentctl.wire.FolderTree;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A state folder that is deleted while its host runs.
@Timeout(180)
class FormerHostTest {
    @TempDir
    Path temporary;

    @Test
    void aHostWhoseFolderWasDeletedIsNamedBeforeASecondOneIsStarted() throws IOException, InterruptedException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        assertThat(FormerHost.complaint(folder)).as("a first start").isEmpty();
        Process host = RoleLaunch.HOST.start(folder, Map.of("PATH", "/usr/bin:/bin"));
        try {
            awaitHost(folder, host);
            assertThat(FormerHost.complaint(folder)).as("its folder is there").isEmpty();
            delete(folder.path());
            assertThat(host.isAlive()).isTrue();
            assertThat(folder.prepare()).isEmpty();
            assertThat(FormerHost.complaint(folder))
                    .hasValueSatisfying(line -> assertThat(line)
                            .hasLineCount(1)
                            .startsWith("process " + host.pid() + " still runs the agents of " + folder.path())
                            .contains("kill " + host.pid() + ";"));
        } finally {
            host.destroy();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(FormerHost.complaint(folder)).isEmpty();
    }

    private static void awaitHost(StateFolder folder, Process host) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!answers(folder)) {
            assertThat(host.isAlive() && System.nanoTime() < deadline).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean answers(StateFolder folder) throws InterruptedException {
        try (HostClient client = HostClient.connect(folder.hostSocket(), HostClient.Observer.NONE)) {
            assertThat(client.sessions()).isEmpty();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        // the host may be unpacking its libraries into it
        while (Files.exists(folder)) {
            try {
                FolderTree.delete(folder);
            } catch (DirectoryNotEmptyException | NoSuchFileException _) {
                // once more
            }
        }
    }
}
