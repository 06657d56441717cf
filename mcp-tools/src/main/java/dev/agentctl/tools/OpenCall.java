package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A `tools/call` that is being served, and whether it should stop waiting. Any thread may use it.
final class OpenCall {
    /// Why a call should stop waiting before it has what it waits for.
    enum Ending {
        /// The client said `notifications/cancelled`.
        CANCELLED,
        /// The client closed the connection.
        CLIENT_GONE,
        /// We are being stopped, to come back soon.
        RESTARTING
    }

    private final Caller caller;
    private final String mcpSession;
    private final Object requestId;
    private final String key;
    private final Instant since;
    private final ReentrantLock turn = new ReentrantLock();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private volatile BooleanSupplier keep = () -> false;
    private volatile Runnable leave = () -> {};

    @GuardedBy("turn")
    private boolean outliving;

    @GuardedBy("turn")
    private boolean handedOver;

    /// @param mcpSession the client's MCP session id
    /// @param requestId the JSON-RPC id, a string or a number, unique within the MCP session
    /// @param key begins the ids of its events
    /// @param since when it was first made
    OpenCall(Caller caller, String mcpSession, Object requestId, String key, Instant since) {
        this.caller = caller;
        this.mcpSession = mcpSession;
        this.requestId = requestId;
        this.key = key;
        this.since = since;
    }

    Caller caller() {
        return caller;
    }

    /// Names the call by its ids; another call of the same client has another name.
    String name() {
        return mcpSession + "/" + requestId;
    }

    String mcpSession() {
        return mcpSession;
    }

    String key() {
        return key;
    }

    Instant since() {
        return since;
    }

    /// Says how the call is made to outlive this process, and how its client is left without an answer.
    ///
    /// @param keep returns whether it will
    void outlives(BooleanSupplier keep, Runnable leave) {
        this.keep = keep;
        this.leave = leave;
    }

    /// Called when the call begins to wait; also just after everything was handed over.
    void waits() {
        turn.lock();
        try {
            outliving = keep.getAsBoolean();
            if (outliving && handedOver) {
                leave.run();
            }
        } finally {
            turn.unlock();
        }
    }

    /// Ends a call because this process ends: one that waits goes on in the next.
    void handOver() {
        turn.lock();
        try {
            handedOver = true;
            if (outliving) {
                leave.run();
            }
        } finally {
            turn.unlock();
        }
        end(Ending.RESTARTING);
    }

    /// Ends a call whose client has taken it up on another connection.
    void supersede() {
        leave.run();
        end(Ending.CLIENT_GONE);
    }

    boolean is(String mcpSession, Object requestId) {
        return this.mcpSession.equals(mcpSession) && this.requestId.equals(requestId);
    }

    /// Tells the call to stop waiting; only the first reason counts.
    void end(Ending ending) {
        var _ = ended.complete(ending);
    }

    /// Completes when the call should stop waiting, with the reason; never exceptionally.
    CompletableFuture<Ending> ended() {
        return ended;
    }
}
