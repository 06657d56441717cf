package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.HostedSession;
import dev.agentctl.host.LogItem;
import dev.agentctl.host.Mark;
import dev.agentctl.terminal.DetachReset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A person's terminal and a session's, joined: the session's log is followed into the terminal, the keys go to the
/// host.
///
/// The thread that runs it shows the output; the keyboard has its own, and so has the clock. Each of them may ask for
/// the picture to be painted anew, or for the end, by closing the stream that the first one waits for.
final class Attachment implements AutoCloseable {
    private static final long NOTICE_MILLIS = 2_000;
    /// A window that is dragged sends many sizes; the picture follows the last.
    private static final long RESIZE_PAUSE_MILLIS = 150;

    private static final int HISTORY_LINES = 1_000;
    private final Agentctl root;
    private final String project;
    private final HostClient host;
    private final ClientTerminal terminal;
    private final boolean readOnly;
    private final PersonsKeys keys = new PersonsKeys(); // the keyboard's thread's
    private final Picture picture;
    private final EndWatch endWatch;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock").factory());
    private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();
    private final FollowedLog log = new FollowedLog();
    private volatile WindowSize shared = new WindowSize(0, 0);
    private volatile List<String> others = List.of();
    private volatile Presentation presentation;
    private volatile boolean hasLine;
    private boolean isOpen; // the showing thread's, as below
    private boolean isScrolled;
    private final Lag lag = new Lag(System.nanoTime());

    Attachment(Agentctl root, String project, HostClient host, ClientTerminal terminal, boolean readOnly) {
        this.root = root;
        this.presentation = new PassedThrough(terminal);
        this.project = project;
        this.host = host;
        this.terminal = terminal;
        this.readOnly = readOnly;
        this.picture = new Picture(root, project);
        this.endWatch = new EndWatch(root, project, clock, this::leave);
    }

    /// Shows the session until the person detaches or the session ends.
    ///
    /// @param withLine whether the last row of the window shows the session's state
    Farewell run(DetachKey key, HostRequest.Attach attach, boolean withLine)
            throws CommandFailure, IOException, InterruptedException {
        join(attach);
        hasLine = withLine;
        if (withLine) {
            presentation = Framed.withStatus(root, terminal, new StatusLine(project, readOnly, key.label()), clock);
            presentation.company(others);
            presentation.open();
        }
        terminal.onResize(this::resized);
        terminal.onResume(this::repaint);
        fit();
        Thread.ofPlatform()
                .daemon()
                .name("keyboard")
                .start(new Keyboard(terminal, key, this::typed, () -> leave(Farewell.detached(project))));
        Picture.Start start = picture.take(readOnly ? Optional.empty() : Optional.of(wanted()), HISTORY_LINES);
        show(start);
        if (!presentation.namesTheKey()) {
            welcome(key, start);
        }
        while (true) {
            follow(start);
            log.beginAnew();
            Farewell end = farewell.get();
            if (end != null) {
                return end;
            }
            start = picture.take(Optional.empty(), 0);
            show(start);
        }
    }

    private void join(HostRequest.Attach attach) throws CommandFailure, IOException, InterruptedException {
        if (!(host.ask(attach) instanceof HostReply.Attached)) {
            throw new CommandFailure(ExitCode.ERROR, "the host does not let us attach; look with: agentctl status");
        }
    }

    /// Who else is attached; told before the host's answer counts, and again whenever it changes.
    void company(List<String> people) {
        others = people;
        presentation.company(people);
    }

    /// Somebody else has the session for themselves.
    void takenOver(String by) {
        leave(Farewell.takenOver(project, by));
    }

    private void welcome(DetachKey key, Picture.Start start) throws IOException {
        String leave = key.label() + " detaches";
        if (start.size().isEmpty()) {
            terminal.write(utf8("[attached to " + project + " without a supervisor; " + leave + "]\r\n"));
            return;
        }
        WindowSize theirs = start.size().get();
        String size =
                theirs.equals(terminal.size()) ? "" : " (made for " + theirs.columns() + "x" + theirs.rows() + ")";
        String whole = "attached to " + project + (readOnly ? ", read-only" : "") + size + "; " + leave
                + (others.isEmpty() ? "" : "; also here: " + Printable.line(String.join(", ", others)));
        String text = whole.length() + 2 > terminal.size().columns() ? leave : whole;
        // gone again with the next painting
        presentation.say(text);
        var _ = clock.schedule(this::repaint, NOTICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Ends the attachment; the first reason counts.
    private void leave(Farewell reason) {
        if (farewell.compareAndSet(null, reason)) {
            terminal.end();
            log.interrupt();
        }
    }

    private void repaint() {
        log.interrupt();
    }

    private void show(Picture.Start start) throws IOException, InterruptedException {
        if (!hasLine) {
            present(start.size().isEmpty() || fits(start.size().get()));
        }
        presentation.begin(start);
        start.size().ifPresent(size -> shared = size);
        catchUp();
    }

    private boolean fits(WindowSize size) {
        return size.equals(terminal.size());
    }

    /// What a program draws for another size than the window's would be in the wrong places there: such a session is
    /// painted, until one of the two sizes changes.
    private void present(boolean passing) throws IOException {
        boolean passed = presentation instanceof PassedThrough;
        if (passing == passed && isOpen) {
            return;
        }
        if (passing != passed) {
            presentation.close();
            if (isOpen && passing) {
                // the shell's lines are scrolled on the main screen
                terminal.write(DetachReset.bytes());
            }
            presentation = passing ? new PassedThrough(terminal) : Framed.cropped(terminal);
        }
        // a shell that has been scrolled away once stays so
        if (passing ? !isScrolled : !isOpen) {
            presentation.open();
        }
        isScrolled |= passing;
        isOpen = true;
    }

    /// A picture leaves out what was before it: a child may have ended, or started, in what nobody read.
    private void catchUp() throws InterruptedException {
        try {
            for (HostedSession session : host.sessions()) {
                if (!session.name().equals(project)) {
                    continue;
                }
                if (session.alive()) {
                    var _ = endWatch.startedAgain();
                } else if (session.generation() > 0) {
                    endWatch.ended(session.status());
                }
            }
        } catch (IOException _) {
            // the host's end, which the log tells next
        }
    }

    private void follow(Picture.Start start) throws InterruptedException {
        HostRequest.Read read = new HostRequest.Read(project, start.offset(), start.sequence(), true);
        try (HostReader reader = HostClient.read(picture.hostSocket(), read)) {
            log.follows(reader);
            Optional<LogItem> item = reader.next();
            while (item.isPresent()) {
                take(item.get());
                item = log.interrupted() ? Optional.empty() : reader.next();
            }
        } catch (IOException _) {
            // the host's end, or ours
        }
        if (!log.interrupted()) {
            leave(Farewell.hostGone());
        }
    }

    private void take(LogItem item) throws IOException, InterruptedException {
        presentation.take(item);
        switch (item) {
            case LogItem.Bytes(long offset, byte[] bytes) -> keepUp(offset + bytes.length, bytes.length);
            case LogItem.Marked marked -> mark(marked.mark());
            case LogItem.Gap _ -> repaint();
            case LogItem.End _ -> leave(new Farewell(ExitCode.NOT_RUNNING, "agentctl: " + project + " was deleted"));
        }
    }

    private void mark(Mark mark) throws IOException {
        switch (mark) {
            case Mark.Resized(int columns, int rows) -> resized(new WindowSize(columns, rows));
            case Mark.Exited exited -> endWatch.ended(exited.status());
            case Mark.Started _ -> {
                if (endWatch.startedAgain()) {
                    presentation.startedAgain();
                }
            }
        }
    }

    private void resized(WindowSize session) {
        shared = session;
        if (!hasLine && picture.isLive() && fits(session) != presentation instanceof PassedThrough) {
            repaint();
        }
    }

    /// A terminal that cannot keep up is shown the newest picture, not all that led to it.
    private void keepUp(long offset, int more) throws IOException, InterruptedException {
        if (!lag.shown(more, System.nanoTime())) {
            return;
        }
        for (HostedSession session : host.sessions()) {
            if (session.name().equals(project) && lag.isTooMuch(session.end() - offset) && picture.isLive()) {
                repaint();
            }
        }
    }

    private void typed(byte[] bytes) {
        if (readOnly) {
            return;
        }
        if (keys.take(bytes)) {
            // the size follows whoever types, not whoever's mouse or focus is reported
            if (!shared.equals(wanted())) {
                fit();
            }
            if (keys.toBeAnnounced(System.nanoTime())) {
                var _ = host.send(new HostRequest.PersonTypes(project, keys.draft()));
            }
        }
        host.type(new HostRequest.Input(project, 0, bytes));
    }

    private void resized() {
        fit();
        if (!presentation.resized() && picture.isLive()) {
            var _ = clock.schedule(this::repaint, RESIZE_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Gives the session the size of this terminal.
    private void fit() {
        if (!readOnly) {
            WindowSize size = wanted();
            shared = size;
            var _ = host.send(new HostRequest.Resize(project, size.columns(), size.rows()));
        }
    }

    private WindowSize wanted() {
        WindowSize room = presentation.room();
        return new WindowSize(
                Math.min(room.columns(), HostRequest.Resize.MOST_COLUMNS),
                Math.min(room.rows(), HostRequest.Resize.MOST_ROWS));
    }

    @Override
    public void close() {
        presentation.close();
        clock.shutdownNow();
    }
}
