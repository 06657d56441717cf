package dev.agentctl.tools;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.Optional;
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
        /// The client goes on with the call on another connection.
        TAKEN_UP,
        /// We are being stopped, to come back soon.
        RESTARTING;

        /// Whether the client no longer wants what it waited for, by this call.
        boolean isForGood() {
            return this == CANCELLED || this == CLIENT_GONE;
        }
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
    private volatile Runnable knock = () -> {};
    private final TakeBack takeBack = new TakeBack();

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
    /// @param knock finds out whether its client is still there
    void outlives(BooleanSupplier keep, Runnable leave, Runnable knock) {
        this.keep = keep;
        this.leave = leave;
        this.knock = knock;
    }

    /// Why its client wants nothing of it any more, as far as is known.
    Optional<Ending> isOver() {
        return Optional.ofNullable(ended.getNow(null)).filter(Ending::isForGood);
    }

    /// Called with what to do should the client not take the answer that the call has now. That may be known
    /// already, or turn out long after the answer has left.
    ///
    /// @return whether the client may take it, as far as is known
    boolean hasAnswer(Runnable back) {
        knock.run();
        takeBack.arm(back);
        Optional<Ending> before = isOver();
        before.ifPresent(takeBack::ended);
        return before.isEmpty();
    }

    /// An event of the call has left for its client.
    void wrote() {
        takeBack.written();
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
        end(Ending.TAKEN_UP);
    }

    /// Called once it has been served: lets go of its connection and its request.
    ///
    /// @return whether it was given something that may yet come back
    boolean served() {
        keep = () -> false;
        leave = () -> {};
        knock = () -> {};
        return takeBack.isArmed();
    }

    boolean is(String mcpSession, Object requestId) {
        return this.mcpSession.equals(mcpSession) && this.requestId.equals(requestId);
    }

    /// Tells the call to stop waiting, for the first of the reasons that it is told; or, where it waits no longer,
    /// that its answer may not have been taken.
    void end(Ending ending) {
        boolean first = ended.complete(ending);
        // a planned stop hangs up on all: the next process has the answer for whoever asks again
        if (first || ending == Ending.CANCELLED) {
            takeBack.ended(ending);
        }
    }

    /// Completes when the call should stop waiting, with the reason; never exceptionally.
    CompletableFuture<Ending> ended() {
        return ended;
    }
}
