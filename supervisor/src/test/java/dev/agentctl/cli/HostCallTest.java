package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.StateFolder;
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
class HostCallTest {
    @TempDir
    Path temporary;

    /// As after `kill -STOP`: the kernel still takes connections.
    @Test
    void aHostThatDoesNotAnswerIsToldFromNone() throws CommandFailure, IOException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        assertThat(HostCall.presence(folder).process()).isEmpty();
        try (ServerSocketChannel stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stopped.bind(UnixDomainSocketAddress.of(folder.hostSocket()));
            assertThatThrownBy(() -> HostCall.presence(folder, Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ExitCode.TIMED_OUT))
                    .hasMessageContaining("the host is there and does not answer");
        }
    }
}
