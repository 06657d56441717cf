package dev.agentctl.cli;

import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostedSession;
import java.io.IOException;
import java.util.Optional;

/// A session's log as it stands: which offsets there are, when they came, and what could not be kept.
record LogSource(long start, long end, LogClock clock, long lostBytes, int losses) {
    static LogSource of(HostClient host, String project) throws IOException, InterruptedException {
        for (HostedSession session : host.sessions()) {
            if (session.name().equals(project)) {
                LogClock clock = new LogClock(host.times(project), session.end(), System::currentTimeMillis);
                return new LogSource(session.start(), session.end(), clock, session.lostBytes(), session.losses());
            }
        }
        return new LogSource(0, 0, new LogClock(host.times(project), 0, System::currentTimeMillis), 0, 0);
    }

    /// What a person should know of the log before they rely on it.
    Optional<String> warning() {
        return lostBytes == 0
                ? Optional.empty()
                : Optional.of("agentctl: " + lostBytes + " bytes of this log are lost, in " + losses
                        + (losses == 1 ? " gap" : " gaps")
                        + ": the disk was full or failed, or files of the log were removed; see host.log");
    }
}
