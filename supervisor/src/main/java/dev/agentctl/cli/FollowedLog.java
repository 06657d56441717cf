package dev.agentctl.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.host.HostReader;
import org.jspecify.annotations.Nullable;

/// The stream of a log that one thread follows, and that any other may interrupt to have it begun anew or ended.
///
/// An interruption is for the stream that is followed at that moment or for the next one, never for one that was begun
/// in answer to it.
final class FollowedLog {
    @GuardedBy("this")
    private @Nullable HostReader stream;

    @GuardedBy("this")
    private boolean interrupted;

    /// What was asked for is being done.
    synchronized void beginAnew() {
        interrupted = false;
        stream = null;
    }

    /// This stream is read from now on; it is closed at once where somebody did not want to wait for it.
    synchronized void follows(HostReader reader) {
        stream = reader;
        if (interrupted) {
            reader.close();
        }
    }

    /// Ends the stream, whoever waits for it.
    synchronized void interrupt() {
        interrupted = true;
        if (stream != null) {
            stream.close();
        }
    }

    synchronized boolean interrupted() {
        return interrupted;
    }
}
