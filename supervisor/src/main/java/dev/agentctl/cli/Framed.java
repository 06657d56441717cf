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
import java.util.function.Function;

/// The session is painted into a part of the window, or as much of it as there is room for. No sequence of the
/// program's may reach the rest, so none reaches the terminal: the session is mirrored here, and its rows are painted
/// as they change.
final class Framed implements Presentation {
    /// 60 Hz: what is drawn over sooner no screen would have shown.
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
    /// So many frames, about 1 s, a program may be in the middle of drawing (mode 2026) before it is shown so.
    private static final int PATIENCE_FRAMES = 60;

    private final ClientTerminal terminal;
    private final WindowRest rest;
    private final ScheduledExecutorService frames = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("frames").factory());
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScreenView view = new ScreenView(); // guarded by this, as all below
    private Optional<SessionMirror> mirror = Optional.empty();
    private byte[] modes = {};
    private WindowSize window = new WindowSize(0, 0);
    private int unfinished;
    private long painted = System.nanoTime();
    private boolean onMainScreen;
    private boolean closed;

    private Framed(ClientTerminal terminal, Function<Runnable, WindowRest> rest) {
        this.terminal = terminal;
        this.rest = rest.apply(this::soon);
    }

    /// With a row that says how the session is.
    ///
    /// @param clock runs what asks the supervisor
    static Framed withStatus(Agentctl root, ClientTerminal terminal, StatusLine line, ScheduledExecutorService clock) {
        return new Framed(terminal, changed -> new StatusRow(root, line, clock, changed));
    }

    /// With the whole window for the session, whose size is another.
    static Framed cropped(ClientTerminal terminal) {
        return new Framed(terminal, _ -> new Notice());
    }

    @Override
    public WindowSize room() {
        return rest.room(terminal.size());
    }

    @Override
    public synchronized void open() {
        terminal.hidesTheShell();
        onMainScreen = true;
    }

    @Override
    public synchronized void begin(Picture.Start start) throws IOException {
        WindowSize size = start.size().orElse(room());
        mirror = Optional.of(new SessionMirror(size.columns(), size.rows(), 0, start.bytes(), this::heard));
        terminal.write(onMainScreen ? DetachReset.onMainScreen() : DetachReset.bytes());
        onMainScreen = false;
        write("\u001b[?1049h");
        rest.beginAnew();
        view.forget();
        modes = new byte[0];
        unfinished = 0;
        soon();
    }

    @Override
    public void take(LogItem item) {
        shown().ifPresent(session -> session.take(item));
        rest.stir();
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
        WindowSize room = room();
        boolean fromTheTop = frame.screen().rows() <= room.rows();
        // where there is only the end of it, what the mouse points at is another place of the program's
        byte[] wanted = fromTheTop ? frame.inputModes() : joined(frame.inputModes(), DetachReset.ofMouse());
        if (!Arrays.equals(wanted, modes)) {
            modes = wanted;
            terminal.write(wanted);
        }
        String beside = rest.drawing(whole);
        terminal.write(
                fromTheTop ? view.update(frame.screen(), room, beside) : view.lowest(frame.screen(), room, beside));
    }

    private static byte[] joined(byte[] first, byte[] then) {
        byte[] both = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, both, first.length, then.length);
        return both;
    }

    private void write(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void company(List<String> people) {
        rest.company(people);
        soon();
    }

    @Override
    public boolean resized() {
        soon();
        return true;
    }

    @Override
    public boolean namesTheKey() {
        return rest.namesTheKey();
    }

    @Override
    public void say(String words) {
        rest.say(words);
        soon();
    }

    @Override
    public synchronized void close() {
        closed = true;
        frames.shutdownNow();
    }
}
