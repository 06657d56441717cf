package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent prints of its state. A hook's word counts more, so what comes within a moment of one, or could be told
/// better by one, waits for that. A tool's hook may also come after what was printed later: of an interrupted turn,
/// whose end no hook tells. Only its session's mailbox calls it, except where noted.
final class PrintedReports {
    private final Interior session;
    private final SessionDialogs dialogs;
    private final FailureNews failures;
    private AgentEvent.@Nullable StatusPrinted last;
    private Instant printedAt = Instant.MIN;

    PrintedReports(Interior session, SessionDialogs dialogs) {
        this.session = session;
        this.dialogs = dialogs;
        this.failures = new FailureNews(session);
    }

    /// Any thread.
    void printed(long generation, AgentEvent.StatusPrinted status) {
        session.mailbox().post(() -> take(generation, status));
    }

    private void take(long generation, AgentEvent.StatusPrinted status) {
        printedAt = session.now();
        dialogs.printed(status);
        boolean refused = status.state().equals("error") || status.kind().equals("auth");
        if (refused && session.view().memory().turnOpen()) {
            // a hook may tell more, and nothing is typed before it is known whether the next turn would fail as well
            Instant at = printedAt;
            session.mailbox().postAfter(Activities.recheck(), () -> refusedWithoutHook(generation, status, at));
        } else {
            last = status;
            reported(generation, status);
        }
    }

    /// Codex has no hook for a turn that ends in an error of the model's side; Claude Code has, and it comes first.
    private void refusedWithoutHook(long generation, AgentEvent.StatusPrinted status, Instant at) {
        SessionView view = session.view();
        if (!view.memory().turnOpen() || !view.model().lastHook().isBefore(at)) {
            return;
        }
        if (status.state().equals("error")) {
            AgentEvent.TurnFailed failed = failure(status);
            failures.tell(failed, Token.hash(generation + " " + at));
            session.record().keep(view.memory().inTurn(false, Optional.empty()));
            reported(generation, failed);
        } else {
            reported(generation, status);
        }
    }

    private AgentEvent.TurnFailed failure(AgentEvent.StatusPrinted status) {
        String reason = status.message().isEmpty() ? "the agent shows an error; see its screen" : status.message();
        return session.view()
                .memory()
                .transcript()
                .flatMap(file -> session.agent().failure(Transcript.tail(Path.of(file))))
                .orElse(new AgentEvent.TurnFailed(reason, Optional.empty(), Optional.empty(), "OSC 7501 error"));
    }

    /// What was printed within a moment of a hook counts after all, if no hook came since.
    void recheck(long generation) {
        AgentEvent.StatusPrinted printed = last;
        Instant lastHook = session.view().model().lastHook();
        if (printed != null && lastHook.isBefore(printedAt)) {
            // the time may have been asked for by an earlier print: then this one is too fresh, and asks for its own
            Instant counts = lastHook.plus(Activities.recheck());
            last = session.now().isBefore(counts) ? printed : null;
            reported(generation, printed);
        }
    }

    /// A hook that begins or ends a turn tells more than what was printed before it. One of a tool tells less, where it
    /// comes within a moment of the print and nothing follows it.
    ///
    /// @param at when the hook ran
    void hooked(long generation, AgentEvent event, Instant at) {
        switch (event) {
            case AgentEvent.PromptAccepted _,
                    AgentEvent.TurnEnded _,
                    AgentEvent.TurnFailed _,
                    AgentEvent.Interrupted _,
                    AgentEvent.Closing _ -> last = null;
            case AgentEvent.ToolBegan _, AgentEvent.ToolEnded _ -> {
                AgentEvent.StatusPrinted printed = last;
                if (printed != null && isSoonAfterPrint(at)) {
                    Instant of = printedAt;
                    session.mailbox().postAfter(Activities.recheck(), () -> outlived(generation, printed, of));
                }
            }
            case AgentEvent.ConversationBegan _,
                    AgentEvent.Ready _,
                    AgentEvent.ApprovalAsked _,
                    AgentEvent.QuestionAsked _,
                    AgentEvent.DialogDecided _,
                    AgentEvent.ScreenSeen _,
                    AgentEvent.StatusPrinted _ -> {}
        }
    }

    private boolean isSoonAfterPrint(Instant hook) {
        return !hook.isBefore(printedAt) && hook.isBefore(printedAt.plus(Activities.recheck()));
    }

    /// A later hook asks for its own look.
    private void outlived(long generation, AgentEvent.StatusPrinted printed, Instant of) {
        Instant lastHook = session.view().model().lastHook();
        boolean newest = printed.equals(last) && of.equals(printedAt);
        if (newest && isSoonAfterPrint(lastHook) && !session.now().isBefore(lastHook.plus(Activities.recheck()))) {
            last = null;
            reported(generation, printed);
        }
    }

    private void reported(long generation, AgentEvent event) {
        session.happen(new SessionEvent.AgentReported(generation, event, false));
    }
}
