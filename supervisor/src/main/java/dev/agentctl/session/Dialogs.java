package dev.agentctl.session;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.Dialog;
import dev.agentctl.project.Project;
import java.util.concurrent.CompletableFuture;

/// Where agents' dialogs are put before operators who are not at the terminal. Any thread may call; what a method
/// did is durable when it returns.
public interface Dialogs {
    /// A dialog that waits for a decision.
    ///
    /// @param key what the hook calls this run of it; the same again when it comes back after a lost connection
    /// @param payload the hook's, whole
    record Request(Project project, long generation, String key, Dialog dialog, String payload) {}

    /// What came of it.
    sealed interface Verdict {
        /// An operator decided.
        ///
        /// @param how for a state's evidence, such as `allowed by ann in the console`
        record Decided(Decision decision, String how) implements Verdict {}

        /// Nobody did from afar; the terminal decides, or has decided.
        record LeftToTerminal() implements Verdict {}
    }

    /// Puts a dialog before the operators; completes when it is settled. The same key of the same session continues
    /// what it began.
    CompletableFuture<Verdict> ask(Request request);

    /// What a dialog asks is settled without us.
    ///
    /// @param how in words for the operators, such as `answered at the terminal`
    void settle(String session, String key, String how);

    /// As [#settle] for all that are open in a session.
    void settleAll(String session, String how);
}
