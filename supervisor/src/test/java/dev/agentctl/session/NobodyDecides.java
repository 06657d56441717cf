package dev.agentctl.session;

import java.util.concurrent.CompletableFuture;

/// Leaves every dialog to its terminal.
public final class NobodyDecides implements Dialogs {
    @Override
    public CompletableFuture<Verdict> ask(Request request) {
        return CompletableFuture.completedFuture(new Verdict.LeftToTerminal());
    }

    @Override
    public void settle(String session, String key, String how) {}

    @Override
    public void settleAll(String session, String how) {}
}
