package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {
    @TempDir
    private Path temporary;

    /// A role that rehearses listens at a second one.
    @Test
    void theSocketThatIsHandedOverIsFoundByItsName() throws IOException {
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        try (ServerSocketChannel _ = listen(second)) {
            int others;
            try (ServerSocketChannel _ = listen(first)) {
                others = Exec.listening(second);
                assertThat(Exec.listening(first)).isNotNegative().isNotEqualTo(others);
            }
            assertThat(Exec.listening(first)).isNegative();
            assertThat(Exec.listening(second)).isNotNegative().isEqualTo(others);
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 1);
        return server;
    }
}
