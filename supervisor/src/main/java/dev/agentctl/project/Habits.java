package dev.agentctl.project;

import java.util.List;
import java.util.Optional;

/// What a project says of a program of kind `command`, which agentctl does not know. The patterns are valid regular
/// expressions, kept as text so that two configurations can be compared.
///
/// @param ready found on its screen when it takes a message
/// @param busy found on its screen while it works
/// @param dialog found on its screen while it asks something that a message must not answer
/// @param inject empty for what the program itself has asked for
/// @param resumeArgs in the place of `args` when it is started again after a crash
public record Habits(
        Optional<String> ready,
        Optional<String> busy,
        Optional<String> dialog,
        Optional<Inject> inject,
        Optional<List<String>> resumeArgs) {
    /// Of a program of which nothing is said.
    public static final Habits NONE =
            new Habits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Habits {
        resumeArgs = resumeArgs.map(List::copyOf);
    }

    /// Whether its screen tells when it works, so that a message waits until it does not.
    public boolean tellWork() {
        return ready.isPresent() || busy.isPresent();
    }

    /// Whether there is anything to look for on its screen.
    public boolean anyPattern() {
        return tellWork() || dialog.isPresent();
    }

    /// These, and where they are silent the defaults'.
    Habits over(Habits defaults) {
        return new Habits(
                ready.or(defaults::ready),
                busy.or(defaults::busy),
                dialog.or(defaults::dialog),
                inject.or(defaults::inject),
                resumeArgs.or(defaults::resumeArgs));
    }
}
