package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/// How many of something each caller holds at once, up to a limit. Any thread may call.
final class Quota {
    private final int most;

    @GuardedBy("this")
    private final Map<Caller, Integer> held = new HashMap<>();

    Quota(int most) {
        this.most = most;
    }

    /// Counts one more, unless the caller holds the most already; then false.
    synchronized boolean take(Caller caller) {
        int now = held.getOrDefault(caller, 0);
        if (now >= most) {
            return false;
        }
        held.put(caller, now + 1);
        return true;
    }

    /// Gives back what [#take] counted.
    synchronized void release(Caller caller) {
        held.computeIfPresent(caller, (_, count) -> count > 1 ? count - 1 : null);
    }
}
