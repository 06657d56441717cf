package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A host process that may open few files. At the limit pty4j starts children on /dev/ptmx itself: mute, deaf, and
/// outliving everything; of 20 at a limit of 62 it did so with 15.
@Timeout(180)
class DescriptorLimitTest {
    private static final int LIMIT = 120;

    @TempDir
    Path temporary;

    @Test
    void aStartIsRefusedBeforeItsChildWouldBeMute() throws IOException, InterruptedException {
        try (HostProcess host = HostProcess.start(temporary, "ulimit -n " + LIMIT)) {
            int started = 0;
            HostReply reply = host.spawn("s" + started, "cat");
            while (reply instanceof HostReply.Spawned(long pid)) {
                Path input = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"));
                assertThat(input.toString()).startsWith("/dev/pts/");
                started++;
                assertThat(started).isLessThan(LIMIT);
                reply = host.spawn("s" + started, "cat");
            }
            assertThat(started).isPositive();
            assertThat(reply)
                    .isEqualTo(new HostReply.Refused(
                            "too few file descriptors are left (see ulimit -n) to start another", false));
            echoes(host, "s0");
            echoes(host, "s" + (started - 1));
        }
    }

    private static void echoes(HostProcess host, String session) throws IOException, InterruptedException {
        host.type(session, "hello\r");
        host.readUntil(session, "hello\r\nhello\r\n");
    }
}
