package dev.agentctl.tools;

import java.util.concurrent.CompletableFuture;

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
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    /// @param mcpSession the client's MCP session id
    /// @param requestId the JSON-RPC id, a string or a number, unique within the MCP session
    OpenCall(Caller caller, String mcpSession, Object requestId) {
        this.caller = caller;
        this.mcpSession = mcpSession;
        this.requestId = requestId;
    }

    Caller caller() {
        return caller;
    }

    /// Names the call by its ids; another call of the same client has another name.
    String name() {
        return mcpSession + "/" + requestId;
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
