package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import dev.agentctl.terminal.DetachReset;
import dev.agentctl.terminal.TerminalEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The session has the window but for its last row, which shows a [StatusLine]. No sequence of the program's may reach
/// that row, so none reaches the terminal: the session is mirrored here, and its rows are painted as they change.
final class Framed implements Presentation {
    /// 60 Hz: what is drawn over sooner no screen would have shown.
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
    /// So many frames, about 1 s, a program may be in the middle of drawing (mode 2026) before it is shown so.
    private static final int PATIENCE_FRAMES = 60;

    private final ClientTerminal terminal;
    private final StatusLine line;
    private final StateLook look;
    private final ScheduledExecutorService frames = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("frames").factory());
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile List<String> others = List.of();
    private final ScreenView view = new ScreenView(); // guarded by this, as all below
    private Optional<SessionMirror> mirror = Optional.empty();
    private byte[] modes = {};
    private WindowSize window = new WindowSize(0, 0);
    private int unfinished;
    private long painted = System.nanoTime();
    private boolean closed;

    /// @param clock runs what asks the supervisor
    Framed(Agentctl root, ClientTerminal terminal, StatusLine line, ScheduledExecutorService clock) {
        this.terminal = terminal;
        this.line = line;
        this.look = new StateLook(root, line.project(), this::soon);
        look.begin(clock);
    }

    @Override
    public WindowSize room() {
        WindowSize whole = terminal.size();
        return whole.rows() < 2 ? whole : new WindowSize(whole.columns(), whole.rows() - 1);
    }

    @Override
    public void open() {
        terminal.hidesTheShell();
    }

    @Override
    public synchronized void begin(Picture.Start start) throws IOException {
        WindowSize size = start.size().orElse(room());
        mirror = Optional.of(new SessionMirror(size.columns(), size.rows(), 0, start.bytes(), this::heard));
        terminal.write(DetachReset.bytes());
        write("\u001b[?1049h");
        view.forget();
        modes = new byte[0];
        unfinished = 0;
        soon();
    }

    @Override
    public void take(LogItem item) {
        shown().ifPresent(session -> session.take(item));
        look.stir();
        soon();
    }

    private synchronized Optional<SessionMirror> shown() {
        return mirror;
    }

    /// Bells and titles are no part of the picture, and pass.
    private void heard(TerminalEvent event) {
        try {
            if (event instanceof TerminalEvent.Bell) {
                write("\u0007");
            } else if (event instanceof TerminalEvent.Title(String title)) {
                write("\u001b]2;" + Printable.line(title) + "\u0007");
            }
        } catch (IOException _) {
            // the terminal is gone; the keyboard's thread ends the attachment
        }
    }

    @Override
    public void startedAgain() {
        // the mirror has begun anew by the same mark
    }

    private void soon() {
        if (due.compareAndSet(false, true)) {
            try {
                var _ = frames.schedule(this::frame, pause(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException _) {
                // closed meanwhile
            }
        }
    }

    private synchronized long pause() {
        return Math.clamp(painted + FRAME_NANOS - System.nanoTime(), FRAME_NANOS / 8, FRAME_NANOS);
    }

    private synchronized void frame() {
        due.set(false);
        if (closed || mirror.isEmpty()) {
            return;
        }
        SessionMirror session = mirror.get();
        painted = System.nanoTime();
        if (session.drawing() && unfinished < PATIENCE_FRAMES) {
            unfinished++;
            soon();
            return;
        }
        unfinished = 0;
        try {
            paint(session);
        } catch (IOException _) {
            // as in heard
        }
    }

    private void paint(SessionMirror session) throws IOException {
        WindowSize whole = terminal.size();
        if (!whole.equals(window)) {
            window = whole;
            view.forget();
        }
        SessionMirror.Frame frame = session.frame();
        if (!Arrays.equals(frame.inputModes(), modes)) {
            modes = frame.inputModes();
            terminal.write(modes);
        }
        String below = whole.rows() < 2 ? "" : line.drawing(look.known(), others, whole);
        terminal.write(view.update(frame.screen(), room(), below));
    }

    private void write(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void company(List<String> people) {
        others = people;
        soon();
    }

    @Override
    public boolean resized() {
        soon();
        return true;
    }

    @Override
    public boolean namesTheKey() {
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        frames.shutdownNow();
    }
}
