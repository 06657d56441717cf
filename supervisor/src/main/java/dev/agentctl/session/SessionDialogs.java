package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Decision;
import dev.agentctl.agent.Dialog;
import dev.agentctl.tools.HookCall;
import dev.agentctl.tools.HookGone;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A session's dialogs from their hook to their end: put before the operators, decided there or answered at the
/// terminal. Only its session's mailbox calls it.
final class SessionDialogs {
    private final Interior session;
    private final Dialogs operators;
    private final Mailbox mailbox;
    private final OpenDialogs open = new OpenDialogs();
    private String lastStatus = "";

    SessionDialogs(Interior session) {
        this.session = session;
        this.operators = session.around().dialogs();
        this.mailbox = session.mailbox();
    }

    /// Tells the operators when a dialog has come up in the terminal; one whose hook waits has a card of its own.
    void tellIfWaiting(SessionState before, SessionState now) {
        String waits = waitsFor(now);
        if (!waits.isEmpty() && waitsFor(before).isEmpty() && open.isEmpty()) {
            session.around().listener().waiting(session.name(), waits);
        }
    }

    /// What a dialog in the terminal asks, empty where none is open.
    private static String waitsFor(SessionState state) {
        if (!(state instanceof SessionState.Running running)) {
            return "";
        }
        return switch (running.activity()) {
            case Activity.AwaitingApproval approval -> "approval: " + approval.what();
            // one that does not say what it asks has asked elsewhere: over its tools
            case Activity.AwaitingAnswer question -> question.what().isEmpty() ? "" : "an answer: " + question.what();
            case Activity.Idle _,
                    Activity.Working _,
                    Activity.Background _,
                    Activity.Limited _,
                    Activity.Stuck _,
                    // told with its screen
                    Activity.Covered _,
                    Activity.Unknown _ -> "";
        };
    }

    /// What is to be seen while something is open.
    AgentEvent over(AgentEvent event) {
        return open.over(event);
    }

    /// @param done completes with the hook's answer
    void ask(long generation, HookCall call, Dialog dialog, CompletableFuture<String> done) {
        String key = call.key().isEmpty() ? Token.hash(call.json()) : call.key();
        Dialogs.Request request = new Dialogs.Request(session.view().project(), generation, key, dialog, call.json());
        CompletableFuture<Dialogs.Verdict> verdict = operators.ask(request);
        long run = open.add(key, dialog);
        var _ = verdict.thenAccept(came -> {
            done.complete(
                    came instanceof Dialogs.Verdict.Decided(Decision decision, String _)
                            ? session.agent().answer(call.json(), decision)
                            : "{}");
            mailbox.post(() -> settled(generation, key, came));
        });
        var _ = done.whenComplete((_, failure) -> {
            if (failure instanceof HookGone) {
                mailbox.post(() -> hookGone(generation, key, run));
            }
        });
    }

    private void settled(long generation, String key, Dialogs.Verdict verdict) {
        if (open.remove(key) && verdict instanceof Dialogs.Verdict.Decided decided) {
            session.happen(new SessionEvent.AgentReported(
                    generation, open.over(new AgentEvent.DialogDecided(decided.how())), true));
        }
    }

    /// Claude Code ends the hook of a dialog that is refused at the terminal, Codex one whose turn is interrupted.
    private void hookGone(long generation, String key, long run) {
        if (open.waits(key, run)) {
            open.remove(key);
            SessionView view = session.view();
            boolean ended =
                    generation != view.model().generation() || view.state().childPid() == 0;
            operators.settle(view.name(), key, ended ? "the agent ended" : "refused or interrupted at the terminal");
        }
    }

    /// What an event tells of dialogs that were answered at the terminal.
    void hooked(AgentEvent event) {
        switch (event) {
            case AgentEvent.ToolEnded(String use, String _) ->
                open.about(use).ifPresent(key -> settle(key, "allowed at the terminal"));
            case AgentEvent.TurnEnded _, AgentEvent.TurnFailed _ -> settleAll("answered at the terminal");
            case AgentEvent.Interrupted _ -> settleAll("interrupted at the terminal");
            case AgentEvent.Closing _ -> settleAll("the agent ended");
            case AgentEvent.ConversationBegan _,
                    AgentEvent.PromptAccepted _,
                    AgentEvent.Ready _,
                    AgentEvent.ToolBegan _,
                    AgentEvent.ApprovalAsked _,
                    AgentEvent.QuestionAsked _,
                    AgentEvent.DialogDecided _,
                    AgentEvent.ScreenSeen _,
                    AgentEvent.StatusPrinted _ -> {}
        }
    }

    /// A state printed while dialogs are open tells that they were answered, where it still holds after a moment
    /// and the agent shows its dialogs while their hooks wait. A running tool may take long to end.
    void printed(AgentEvent.StatusPrinted status) {
        lastStatus = status.state();
        if (open.isEmpty()
                || !session.agent().opensDialogAtOnce()
                || status.state().equals("blocked")) {
            return;
        }
        List<String> were = open.keys();
        mailbox.postAfter(Activities.recheck(), () -> {
            if (lastStatus.equals(status.state())) {
                were.stream().filter(open::isOpen).forEach(key -> settle(key, "answered at the terminal"));
            }
        });
    }

    /// The child has ended, and with it what waits in former supervisors' records.
    void childEnded() {
        String how = "the agent ended; nothing was granted";
        settleAll(how);
        mailbox.regardless(() -> operators.settleAll(session.name(), how));
    }

    private void settleAll(String how) {
        open.keys().forEach(key -> settle(key, how));
    }

    private void settle(String key, String how) {
        open.remove(key);
        mailbox.regardless(() -> operators.settle(session.name(), key, how));
    }
}
