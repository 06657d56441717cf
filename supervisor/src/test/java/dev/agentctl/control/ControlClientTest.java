package dev.agentctl.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.wire.SilentPeer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlClientTest {
    @TempDir
    Path folder;

    /// As after `kill -STOP`: the kernel still takes connections.
    @Test
    void aSupervisorThatDoesNotAnswerIsToldFromNone() throws IOException {
        Path socket = folder.resolve("s");
        try (ServerSocketChannel stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stopped.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> ControlClient.connect(socket, Duration.ofMillis(50)))
                    .isInstanceOf(SilentPeer.class)
                    .hasMessageContaining("the supervisor is there and does not answer");
        }
    }
}
