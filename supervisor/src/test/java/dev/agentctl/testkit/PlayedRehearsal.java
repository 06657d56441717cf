package dev.agentctl.testkit;

import dev.agentctl.wire.Rehearsal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A role's rehearsal, played to its end in a state folder of its own.
public final class PlayedRehearsal {
    private PlayedRehearsal() {}

    /// What it leaves in the state folder.
    public static List<Path> leaves(Path temporary, Rehearsal.Play play) throws IOException, InterruptedException {
        StateFolder state = new StateFolder(temporary.resolve("state"));
        state.prepare().ifPresent(complaint -> {
            throw new IllegalStateException(complaint);
        });
        Rehearsal.run(state, "role", Duration.ZERO, play);
        try (Stream<Path> left = Files.list(state.path())) {
            return left.toList();
        }
    }
}
