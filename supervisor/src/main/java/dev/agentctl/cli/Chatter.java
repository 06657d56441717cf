package dev.agentctl.cli;

import java.io.IOException;

/// The person's side of an open console.
interface Chatter {
    /// Talks until the person leaves.
    ///
    /// @throws CommandFailure when the supervisor went away first
    void run() throws CommandFailure, IOException, InterruptedException;
}
