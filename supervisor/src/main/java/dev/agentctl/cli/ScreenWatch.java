package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A session's screen as it changes, for somebody who only looks on. Reads the same log as `attach`, sends nothing.
final class ScreenWatch implements AutoCloseable {
    /// Fast enough for an eye, and slow enough to skip what is drawn over at once.
    private static final long FRAME_MILLIS = 50;

    private final Agentctl root;
    private final String project;
    private final Frames frames;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("frames").factory());
    private final AtomicBoolean frameIsDue = new AtomicBoolean();
    private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();
    private final FollowedLog log = new FollowedLog();
    private volatile @Nullable SessionMirror mirror;

    /// Who shows the frames.
    interface Frames {
        /// False when nobody looks any more.
        boolean show(SessionMirror mirror) throws IOException;
    }

    ScreenWatch(Agentctl root, String project, Frames frames) {
        this.root = root;
        this.project = project;
        this.frames = frames;
    }

    /// Shows the screen until somebody calls [#end], or the log is over.
    Farewell run() throws CommandFailure, IOException, InterruptedException {
        Picture picture = new Picture(root, project);
        while (farewell.get() == null) {
            Picture.Start start = picture.take(Optional.empty(), 0);
            WindowSize size = start.size()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.UNREACHABLE, root.supervisor().away()));
            mirror = new SessionMirror(size.columns(), size.rows(), 0, start.bytes());
            frame();
            follow(picture, start);
        }
        Farewell end = farewell.get();
        return end == null ? Farewell.hostGone() : end;
    }

    private void follow(Picture picture, Picture.Start start) throws CommandFailure {
        HostRequest.Read read = new HostRequest.Read(project, start.offset(), start.sequence(), true);
        try (HostReader reader = HostClient.read(picture.hostSocket(), read)) {
            log.follows(reader);
            Optional<LogItem> item = reader.next();
            while (item.isPresent() && !(item.get() instanceof LogItem.Gap)) {
                SessionMirror shown = mirror;
                if (item.get() instanceof LogItem.End || shown == null) {
                    end(new Farewell(ExitCode.NOT_RUNNING, "agentctl: " + project + " was deleted"));
                    return;
                }
                shown.take(item.get());
                soon();
                item = reader.next();
            }
            if (item.isEmpty()) {
                end(Farewell.hostGone());
            }
        } catch (IOException _) {
            end(Farewell.hostGone());
        }
    }

    private void soon() {
        if (frameIsDue.compareAndSet(false, true)) {
            var _ = clock.schedule(this::frame, FRAME_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Shows what there is now.
    synchronized void frame() {
        frameIsDue.set(false);
        SessionMirror shown = mirror;
        if (shown == null) {
            return;
        }
        if (shown.drawing()) {
            soon();
            return;
        }
        try {
            if (!frames.show(shown)) {
                end(new Farewell(ExitCode.OK, ""));
            }
        } catch (IOException _) {
            end(new Farewell(ExitCode.OK, ""));
        }
    }

    /// Ends it; the first reason counts.
    void end(Farewell reason) {
        if (farewell.compareAndSet(null, reason)) {
            log.interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
