package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import java.util.Optional;

/// What `status` prints where a supervisor runs: written by the command, and by the supervisor for
/// `scripts/quick-status`.
public final class StatusText {
    private StatusText() {}

    /// The whole of it.
    ///
    /// @param project the only one that was asked for
    public static String of(ControlReply.Report report, Optional<String> project, boolean json) {
        return json
                ? StatusJson.of(Optional.of(report), report.host(), project.isPresent()) + "\n"
                : StatusTable.of(report, System.currentTimeMillis());
    }
}
