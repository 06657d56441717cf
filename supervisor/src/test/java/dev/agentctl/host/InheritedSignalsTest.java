package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a host was started with is not for its children: they meet their signals as in any terminal.
@Timeout(120)
class InheritedSignalsTest {
    /// 32 and 33 are its own, which no program can use: posix_spawn(3) leaves them ignored.
    private static final long OF_THE_C_LIBRARY = 3L << 31;

    @TempDir
    Path temporary;

    /// `nohup` ignores SIGHUP, `&` in a script SIGINT and SIGQUIT, and what is ignored stays so over exec.
    @Test
    void aChildIgnoresNothingThatTheHostsStarterIgnored() throws IOException, InterruptedException {
        try (HostProcess host = HostProcess.start(temporary, "trap '' HUP INT QUIT TERM TSTP TTIN TTOU USR1 CHLD")) {
            String look = "grep -E 'Sig(Blk|Ign)' /proc/self/status; echo seen";
            assertThat(host.spawn("a", "/bin/sh", "-c", look)).isInstanceOf(HostReply.Spawned.class);
            String said = host.readUntil("a", "seen");
            assertThat(signals(said, "SigBlk")).isZero();
            assertThat(signals(said, "SigIgn") & ~OF_THE_C_LIBRARY).isZero();
        }
    }

    private static long signals(String status, String which) {
        Matcher found = Pattern.compile(which + ":\\s+([0-9a-f]{16})").matcher(status);
        assertThat(found.find()).as(status).isTrue();
        return Long.parseUnsignedLong(status, found.start(1), found.end(1), 16);
    }
}
