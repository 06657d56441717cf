package dev.agentctl.host;

import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session as the host knows it: its log, its last child, the size of its terminal. Any thread may call.
final class HostSession {
    private final String name;
    private final Path folder;
    private final ByteLog log;
    private final TimeLine times;
    private final Consumer<HostReply.Ended> onEnd;
    /// Those whose terminal is open or whose end was not told: former ones, too.
    private final Set<HostedChild> terminals = ConcurrentHashMap.newKeySet();

    private final List<HostState.Terminal> handedOver = new ArrayList<>();

    private @Nullable HostedChild child;
    private long generation;
    private long pid;
    private boolean alive;
    private int status;
    private int columns = 80;
    private int rows = 24;

    private HostSession(String name, Path folder, ByteLog log, Consumer<HostReply.Ended> onEnd) {
        this.name = name;
        this.folder = folder;
        this.log = log;
        this.times = new TimeLine(folder.resolve("times"));
        this.onEnd = onEnd;
    }

    /// Opens a session with what its folder has of it.
    static HostSession open(String name, Path folder, LogStore logs, Consumer<HostReply.Ended> onEnd) {
        return new HostSession(name, folder, logs.open(folder), onEnd);
    }

    ByteLog log() {
        return log;
    }

    /// When the log's bytes came, oldest first.
    List<LogTime> times() {
        return times.all();
    }

    synchronized HostReply spawn(HostRequest.Spawn spawn, ExecutorService writers) {
        if (alive) {
            return new HostReply.Refused("session " + name + " already has a running process", false);
        }
        if (spawn.generation() <= generation) {
            return new HostReply.Refused("start " + spawn.generation() + " of " + name + " is out of date", false);
        }
        if (!isSize(spawn.columns(), spawn.rows())) {
            return outOfBounds(spawn.columns(), spawn.rows());
        }
        PtyCommand command = new PtyCommand(
                spawn.argv(), Path.of(spawn.directory()), spawn.environment(), spawn.columns(), spawn.rows());
        try {
            HostedChild started =
                    HostedChild.start(spawn.generation(), command, log, times, writers, terminals::remove);
            terminals.add(started);
            child = started;
            columns = spawn.columns();
            rows = spawn.rows();
            generation = started.generation();
            long which = generation;
            // what it was started with, its whole environment, is not to be kept as long as it lives
            started.begin(code -> ended(which, code));
            pid = started.pid();
            alive = true;
            return new HostReply.Spawned(started.pid());
        } catch (PtyStartException e) {
            return new HostReply.Refused(String.valueOf(e.getMessage()), e.permanent());
        }
    }

    private void ended(long which, int code) {
        synchronized (this) {
            alive = false;
            status = code;
        }
        onEnd.accept(new HostReply.Ended(name, which, code));
    }

    /// Remembers what a former program of this process knew. Before anything is asked of it.
    synchronized void remember(HostState.Last last) {
        generation = last.generation();
        pid = last.pid();
        alive = last.alive();
        status = last.status();
        columns = last.columns();
        rows = last.rows();
    }

    /// Takes note of a child of such a program; it is taken over by [#begin].
    synchronized void adopt(HostState.Terminal terminal) {
        handedOver.add(terminal);
    }

    /// Takes over, and reads what was printed meanwhile.
    synchronized void begin(ExecutorService writers) {
        for (HostState.Terminal terminal : handedOver) {
            if (terminal.master() >= 0) {
                HostedChild adopted = HostedChild.adopt(terminal, log, times, writers, terminals::remove);
                terminals.add(adopted);
                if (terminal.generation() == generation) {
                    child = adopted;
                }
                adopted.begin(code -> ended(terminal.generation(), code));
            } else if (!terminal.told()) {
                status = terminal.status().orElse(status);
                alive = false;
                log.mark(new Mark.Exited(terminal.generation(), status));
            }
        }
        handedOver.clear();
    }

    /// Waits until nothing more is to be typed to any child.
    void awaitWritten() throws InterruptedException {
        for (HostedChild each : terminals) {
            each.writes().awaitEmpty();
        }
    }

    void takeTime() {
        terminals.forEach(each -> each.writes().takeTime());
    }

    String name() {
        return name;
    }

    void terminals(List<HostState.Terminal> into) {
        terminals.forEach(each -> into.add(each.terminal(name)));
    }

    /// Leaves everything as it is until each is let go, in the same thread.
    List<HostedChild> hold(List<HostState.Terminal> into) {
        List<HostedChild> held = new ArrayList<>(terminals);
        held.forEach(each -> into.add(each.hold(name)));
        return held;
    }

    synchronized HostState.Last last() {
        return new HostState.Last(name, generation, pid, alive, status, columns, rows);
    }

    /// Brings to disk all that is known.
    ///
    /// @return whether the disk took it
    boolean flush() {
        times.flush();
        return log.flush();
    }

    void input(HostRequest.Input input, Consumer<HostReply> reply) {
        HostedChild current = current(input.generation());
        if (current == null) {
            reply.accept(new HostReply.Refused("session " + name + " has no running process", true));
        } else {
            current.writes().write(input.bytes(), reply);
        }
    }

    synchronized HostReply resize(int newColumns, int newRows) {
        if (!isSize(newColumns, newRows)) {
            return outOfBounds(newColumns, newRows);
        }
        if (newColumns != columns || newRows != rows) {
            columns = newColumns;
            rows = newRows;
            log.mark(new Mark.Resized(columns, rows));
            HostedChild current = alive ? child : null;
            if (current != null) {
                current.resize(columns, rows);
            }
        }
        return new HostReply.Done();
    }

    private static boolean isSize(int columns, int rows) {
        return columns >= 1
                && rows >= 1
                && columns <= HostRequest.Resize.MOST_COLUMNS
                && rows <= HostRequest.Resize.MOST_ROWS;
    }

    private static HostReply outOfBounds(int columns, int rows) {
        return new HostReply.Refused("a terminal of " + columns + " x " + rows + " is out of bounds", true);
    }

    HostReply signal(HostRequest.SendSignal request) {
        HostedChild current = current(request.generation());
        if (current == null || !current.signal(Signal.valueOf(request.signal()))) {
            return new HostReply.Refused("session " + name + " has no running process", true);
        }
        return new HostReply.Done();
    }

    private synchronized @Nullable HostedChild current(long which) {
        HostedChild current = child;
        boolean meant = current != null && (which == 0 || which == current.generation());
        return alive && meant ? current : null;
    }

    synchronized HostedSession describe() {
        Losses losses = log.losses();
        return new HostedSession(
                name,
                generation,
                pid,
                alive,
                status,
                columns,
                rows,
                log.start(),
                log.end(),
                losses.bytes(),
                losses.times());
    }

    /// Writes no more times: for the host's end, and before the folder goes.
    void close() {
        times.close();
    }

    /// Closes the log and deletes it.
    HostReply forget() throws IOException {
        synchronized (this) {
            if (alive) {
                return new HostReply.Refused("session " + name + " still has a running process", false);
            }
        }
        close();
        log.close();
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new DeleteAll());
        }
        return new HostReply.Done();
    }

    private static final class DeleteAll extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
