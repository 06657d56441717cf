package dev.agentctl.cli;

import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostedSession;
import java.io.IOException;

/// A session's log as it stands: which offsets there are, and when they came.
record LogSource(long start, long end, LogClock clock) {
    static LogSource of(HostClient host, String project) throws IOException, InterruptedException {
        for (HostedSession session : host.sessions()) {
            if (session.name().equals(project)) {
                LogClock clock = new LogClock(host.times(project), session.end(), System::currentTimeMillis);
                return new LogSource(session.start(), session.end(), clock);
            }
        }
        return new LogSource(0, 0, new LogClock(host.times(project), 0, System::currentTimeMillis));
    }
}
