package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import dev.agentctl.terminal.Terminal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.util.Optional;

/// What the supervisor keeps of a session's screen: the real emulator at the end of the real log.
final class LivePicture implements AutoCloseable {
    private final HostReader reader;
    private final Terminal terminal = new Terminal(80, 24, 1_000, _ -> {}); // guarded by this, as all below
    private long offset;
    private long sequence;

    LivePicture(StateFolder folder, String session) throws IOException {
        reader = HostClient.read(folder.hostSocket(), new HostRequest.Read(session, 0, 0, true));
        Thread.ofVirtual().name("picture").start(this::readOn);
    }

    private void readOn() {
        try {
            Optional<LogItem> item = reader.next();
            while (item.isPresent()) {
                take(item.get());
                item = reader.next();
            }
        } catch (IOException _) {
            // closed at the end of the test
        }
    }

    private synchronized void take(LogItem item) {
        switch (item) {
            case LogItem.Bytes(long from, byte[] bytes) -> {
                terminal.feed(bytes, 0, bytes.length);
                offset = from + bytes.length;
            }
            case LogItem.Marked marked -> {
                sequence = marked.sequence() + 1;
                if (marked.mark() instanceof Mark.Resized(int columns, int rows)) {
                    terminal.resize(columns, rows);
                }
            }
            case LogItem.Gap gap -> offset = gap.to();
            case LogItem.End _ -> {
                // the session was deleted
            }
        }
    }

    synchronized ControlReply.Painted painted(int historyLines) {
        return new ControlReply.Painted(
                offset, sequence, terminal.columns(), terminal.rows(), terminal.redraw(historyLines));
    }

    @Override
    public void close() {
        reader.close();
    }
}
