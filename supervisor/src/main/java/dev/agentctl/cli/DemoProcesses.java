package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.wire.RoleLock;
import dev.agentctl.wire.StateFolder;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The processes of one demo, and their end: asked first, and made to where that does not help.
final class DemoProcesses {
    private static final long PATIENCE_SECONDS = 10;

    private final StateFolder state;
    private final SupervisorCall supervisor;

    DemoProcesses(StateFolder state) {
        this.state = state;
        this.supervisor = new SupervisorCall(state);
    }

    /// Ends them all, and returns when none is left.
    ///
    /// @return whether none is left
    boolean end() throws InterruptedException {
        Set<ProcessHandle> family = family();
        if (family.isEmpty()) {
            return true;
        }
        if (asked()) {
            awaitEnd(family);
        }
        // an agent that was started meanwhile is found now
        family.addAll(family());
        family.forEach(ProcessHandle::destroyForcibly);
        return awaitEnd(family);
    }

    /// Whether the supervisor took it. A session that is stopped is not started again, so it is stopped before the host
    /// is.
    private boolean asked() {
        try {
            supervisor.ask(new ControlRequest.Stop(List.of(DemoHome.PROJECT)));
            supervisor.ask(new ControlRequest.Down(false));
            return true;
        } catch (CommandFailure _) {
            return false;
        }
    }

    /// The two roles, as they wrote themselves into their locks, and everything that they started.
    private Set<ProcessHandle> family() {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        for (Path lock : List.of(state.supervisorLock(), state.hostLock())) {
            role(lock).ifPresent(role -> {
                family.add(role);
                role.descendants().forEach(family::add);
            });
        }
        return family;
    }

    private static Optional<ProcessHandle> role(Path lock) {
        String pid = RoleLock.holder(lock);
        return pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    private static boolean awaitEnd(Set<ProcessHandle> family) throws InterruptedException {
        CompletableFuture<?>[] ends = family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
    }
}
