package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NativesTest {
    @TempDir
    Path temporary;

    /// Each killed host left a folder in the temporary one, and every one a folder in `~/.cache`. JNA's own file is
    /// there for a moment only.
    @Test
    void aKilledHostLeavesNothingOutsideOfItsFolder() throws IOException, InterruptedException {
        Path home = Files.createDirectory(temporary.resolve("home"));
        Path temp = Files.createDirectory(temporary.resolve("tmp"));
        String options = "export JAVA_TOOL_OPTIONS='-Djava.io.tmpdir=" + temp + " -Duser.home=" + home + "'";
        List<Path> left;
        try (HostProcess host = HostProcess.start(temporary, options)) {
            assertThat(host.spawn("a", "cat")).isInstanceOf(HostReply.Spawned.class);
            host.kill();
            left = files(host.folder().natives("host"));
            assertThat(left).isNotEmpty();
            Files.createFile(host.folder().natives("host").resolve("jna1.tmp"));
        }
        assertThat(home).isEmptyDirectory();
        assertThat(temp).isEmptyDirectory();

        try (HostProcess next = HostProcess.start(temporary, options)) {
            assertThat(next.spawn("b", "cat")).isInstanceOf(HostReply.Spawned.class);
            assertThat(files(next.folder().natives("host"))).isEqualTo(left);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
