package dev.agentctl.pty;

import java.util.Set;

/// Children of this process that nobody waits for, because a former program of it started them: a warm-up, say. Each
/// would stay a zombie.
public final class Strays {
    private Strays() {}

    /// Waits for the end of those that there are now, in the background.
    ///
    /// @param known those that somebody waits for
    public static void collect(Set<Long> known) {
        ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .filter(pid -> !known.contains(pid))
                .forEach(pid -> Thread.ofPlatform()
                        .daemon()
                        .name("stray " + pid)
                        .start(() -> ExitStatus.await(Math.toIntExact(pid))));
    }
}
