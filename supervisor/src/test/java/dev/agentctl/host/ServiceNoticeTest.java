package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a role tells its service manager; a small program plays that one.
@Timeout(120)
class ServiceNoticeTest {
    private static final String LISTEN = """
            use Socket;
            $| = 1;
            socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die;
            bind($s, pack_sockaddr_un($ARGV[0])) or die;
            print "listening\\n";
            while (defined recv($s, my $text, 4096, 0)) { $text =~ tr/\\n/ /; print "$text\\n"; }
            """;

    @TempDir
    Path temporary;

    @Test
    void aHostSaysThatItIsReadyAndThenThatItIsWell() throws IOException, InterruptedException {
        Path socket = temporary.resolve("notify");
        Process manager = new ProcessBuilder("perl", "-e", LISTEN, socket.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader heard =
                new BufferedReader(new InputStreamReader(manager.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(heard.readLine()).isEqualTo("listening");
            String prepare = "export WATCHDOG_USEC=300000 NOTIFY_SOCKET=" + socket;
            try (HostProcess host = HostProcess.start(temporary, prepare)) {
                assertThat(heard.readLine()).isEqualTo("READY=1 MAINPID=" + host.pid());
                assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
                assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
            }
        } finally {
            manager.destroyForcibly();
        }
    }
}
