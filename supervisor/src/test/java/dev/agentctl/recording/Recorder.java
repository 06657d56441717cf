package dev.agentctl.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentctl.pty.PtyChild;
import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import dev.agentctl.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Runs a program on a terminal of its own, types into it, and writes down what it prints. The terminal is ours: it
/// answers the program's queries, and its screen tells when the next keys may be typed.
///
/// One thread uses it; another one reads the program's output.
final class Recorder implements AutoCloseable {
    /// Output that stops for this long has paused.
    private static final Duration PAUSE = Duration.ofMillis(120);

    private static final Duration LIMIT = Duration.ofSeconds(90);
    /// Pauses between two checkpoints that nobody asked for: a spinner pauses ten times a second.
    private static final int APART = 5;

    /// Bytes after which there is one without a pause.
    private static final int ENOUGH = 6000;

    private static final byte[] END = {};

    private final String name;
    private final int columns;
    private final int rows;
    private final Terminal terminal;
    private final PtyChild child;
    private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final SequenceCuts cuts = new SequenceCuts();
    private int sinceCheckpoint;
    private boolean ended;

    Recorder(String name, PtyCommand command) throws PtyStartException {
        this.name = name;
        columns = command.columns();
        rows = command.rows();
        terminal = new Terminal(columns, rows, 100, _ -> {});
        child = PtyChild.start(command);
        Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        byte[] buffer = new byte[16 << 10];
        try {
            for (int count = child.read(buffer); count >= 0; count = child.read(buffer)) {
                output.add(Arrays.copyOf(buffer, count));
            }
        } catch (IOException _) {
            // the program is gone, whatever the reason
        }
        output.add(END);
    }

    /// Takes output until it pauses.
    Recorder settle() throws InterruptedException {
        return settle(PAUSE);
    }

    /// Takes output until nothing comes for this long.
    Recorder settle(Duration pause) throws InterruptedException {
        long start = System.nanoTime();
        while (!ended && System.nanoTime() - start < LIMIT.toNanos()) {
            byte[] bytes = output.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes == null && cuts.mayCut()) {
                keep();
                return this;
            }
            if (bytes != null) {
                take(bytes);
            }
        }
        return this;
    }

    private void take(byte[] bytes) {
        if (bytes.length == 0) {
            ended = true;
            return;
        }
        pending.writeBytes(bytes);
        cuts.take(bytes, bytes.length);
        terminal.feed(bytes, 0, bytes.length);
        byte[] replies = terminal.drainReplies();
        if (replies.length > 0) {
            child.write(replies, LIMIT);
        }
    }

    private void keep() {
        if (pending.size() > 0) {
            events.add(new RecordedEvent.Output(text(pending.toByteArray())));
            pending.reset();
        }
    }

    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException("a recording is UTF-8, and this is not", e);
        }
    }

    /// Waits until the screen shows this; what it shows at pauses until then is worth a look too.
    Recorder await(String shown) throws InterruptedException {
        long start = System.nanoTime();
        while (!shows(shown)) {
            if (ended || System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException(name + " does not show '" + shown + "' but\n"
                        + terminal.screen().text());
            }
            byte[] bytes = output.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes != null) {
                take(bytes);
            } else {
                sinceCheckpoint++;
            }
            boolean due = pending.size() >= ENOUGH || (pending.size() > 0 && sinceCheckpoint >= APART);
            if (due && cuts.mayCut()) {
                keep();
                checkpoint("before '" + shown + "'");
            }
        }
        return settle();
    }

    boolean shows(String text) {
        return terminal.screen().text().contains(text);
    }

    private void checkpoint(String label) {
        events.add(new RecordedEvent.Checkpoint(label));
        sinceCheckpoint = 0;
    }

    /// A checkpoint once the output pauses.
    Recorder look(String label) throws InterruptedException {
        settle();
        checkpoint(label);
        return this;
    }

    Recorder type(String keys) throws InterruptedException {
        child.write(keys.getBytes(UTF_8), LIMIT);
        return settle();
    }

    /// Types keys, waits for the screen to come to rest, and looks at it.
    Recorder press(String keys) throws InterruptedException {
        return type(keys).look("after " + keys.replace("\u001b", "^[").replace("\r", "Enter"));
    }

    Recorder resize(int newColumns, int newRows) throws InterruptedException {
        settle();
        events.add(new RecordedEvent.Resize(newColumns, newRows));
        terminal.resize(newColumns, newRows);
        child.resize(newColumns, newRows);
        return settle(Duration.ofMillis(700)).look("resized to " + newColumns + "x" + newRows);
    }

    /// Ends the program; what it prints then is in the recording.
    Recording end(String keys) throws InterruptedException {
        type(keys);
        settle(Duration.ofSeconds(1));
        keep();
        checkpoint("end");
        return new Recording(name, columns, rows, events);
    }

    @Override
    public void close() {
        child.signal(Signal.KILL);
        try {
            child.awaitExit();
            while (!ended) {
                ended = output.take().length == 0;
            }
            child.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
