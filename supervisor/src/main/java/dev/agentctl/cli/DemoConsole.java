package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/// The chat of a demo, at the person's end: what it shows and what is typed become events. Its threads only read; one
/// thread takes the events and writes.
final class DemoConsole implements AutoCloseable {
    private static final int MOST_LINES_AHEAD = 16;
    private static final int LONGEST_LINE = 16 << 10;

    private final ControlClient client;
    private final BlockingQueue<DemoEvent> events;
    private final Semaphore ahead = new Semaphore(MOST_LINES_AHEAD);

    private DemoConsole(ControlClient client, BlockingQueue<DemoEvent> events) {
        this.client = client;
        this.events = events;
    }

    static DemoConsole open(ControlClient client, InputStream in, BlockingQueue<DemoEvent> events) throws IOException {
        DemoConsole console = new DemoConsole(client, events);
        client.send(new ControlRequest.OpenConsole());
        Thread.ofVirtual().name("chat").start(console::receive);
        // a platform thread: a read of the terminal would pin a virtual one's carrier
        Thread.ofPlatform().daemon().name("input").start(() -> console.read(in));
        return console;
    }

    private void receive() {
        try {
            while (true) {
                switch (client.receive()) {
                    case ControlReply.Said said -> events.add(new DemoEvent.Shown(said));
                    case ControlReply.LineDone _ -> events.add(new DemoEvent.LineDone());
                    case ControlReply.Report _,
                            ControlReply.Outcomes _,
                            ControlReply.Text _,
                            ControlReply.Reached _,
                            ControlReply.TranscriptFile _,
                            ControlReply.NotYet _,
                            ControlReply.Delivered _,
                            ControlReply.Prompts _,
                            ControlReply.Painted _,
                            ControlReply.Refused _ -> {}
                }
            }
        } catch (IOException _) {
            events.add(new DemoEvent.SupervisorGone());
        }
    }

    private void read(InputStream in) {
        try (Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Optional<String> line = line(reader);
            while (line.isPresent()) {
                ahead.acquire();
                events.add(new DemoEvent.Typed(line.get()));
                line = line(reader);
            }
        } catch (IOException _) {
            // a terminal that is gone has no more lines either
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        events.add(new DemoEvent.InputEnded());
    }

    /// The next line, cut where it is absurdly long; empty at the end.
    private static Optional<String> line(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
            next = reader.read();
        }
        return Optional.of(line.toString().strip());
    }

    /// Writes a typed line to the chat.
    void write(String line) throws IOException {
        client.send(new ControlRequest.ConsoleLine(line));
    }

    /// A typed line was dealt with: one more may be read ahead.
    void taken() {
        ahead.release();
    }

    @Override
    public void close() {
        client.close();
    }
}
