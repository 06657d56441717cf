package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;

/// A real host with a session `a`, and a supervisor that tells of it what the test says.
final class AttachUnderTest implements AutoCloseable {
    final StateFolder folder;
    final RunningHost host;
    final FakeSupervisor supervisor;
    volatile String state = "idle";

    private final LivePicture picture;

    AttachUnderTest(Path temporary) throws IOException, InterruptedException {
        folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        host = new RunningHost(folder);
        supervisor = new FakeSupervisor(folder);
        picture = new LivePicture(folder, "a");
        supervisor.answer(this::answer);
    }

    ControlReply answer(ControlRequest request) {
        if (request instanceof ControlRequest.Redraw redraw) {
            return picture.painted(redraw.historyLines());
        }
        return FakeSupervisor.report(FakeSupervisor.session("a", state));
    }

    @Override
    public void close() {
        picture.close();
        supervisor.close();
        host.close();
    }
}
