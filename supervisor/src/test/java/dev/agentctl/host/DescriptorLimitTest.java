package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A host process that may open few files, or has few terminals. At the limit pty4j starts children on /dev/ptmx
/// itself: mute, deaf, and outliving everything; of 20 at a limit of 62 it did so with 15.
@Timeout(180)
class DescriptorLimitTest {
    private static final int LIMIT = 120;
    private static final int TERMINALS = 3;
    private static final String FEW_TERMINALS =
            "unshare -m sh -c 'mount -t devpts -o newinstance,ptmxmode=0666,max=" + TERMINALS + " devpts /dev/pts && ";

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

    /// In a mount namespace of its own, so that nobody else's terminals are meant.
    @Test
    void aStartWithoutATerminalIsRefusedAndTheOthersGoOn() throws IOException, InterruptedException {
        assumeThat(succeeds(FEW_TERMINALS + "true'")).as("may mount terminals").isTrue();
        try (HostProcess host = HostProcess.start(temporary, FEW_TERMINALS + "exec \"$@\"' sh \"$@\"; exit")) {
            for (int i = 0; i < TERMINALS; i++) {
                assertThat(host.spawn("s" + i, "cat")).isInstanceOf(HostReply.Spawned.class);
            }
            assertThat(host.spawn("more", "cat")).isInstanceOfSatisfying(HostReply.Refused.class, refused -> {
                assertThat(refused.permanent()).isFalse();
                assertThat(refused.reason())
                        .startsWith("cannot start /usr/bin/cat: ")
                        .hasLineCount(1);
            });
            echoes(host, "s0");
            echoes(host, "s" + (TERMINALS - 1));
        }
    }

    private static boolean succeeds(String script) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", script)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void echoes(HostProcess host, String session) throws IOException, InterruptedException {
        host.type(session, "hello\r");
        host.readUntil(session, "hello\r\nhello\r\n");
    }
}
