package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.tools.HookCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What an agent's hooks say, as it comes and as it was kept on disk: remembered, told, and passed on to the lifecycle.
/// Only its session's mailbox calls it.
final class HookReports {
    private final Interior session;
    private final SessionDialogs dialogs;
    private final PrintedReports prints;
    private final Typist typist;
    private final FailureNews failures;
    private boolean replaying;

    HookReports(Interior session, SessionDialogs dialogs, PrintedReports prints, Typist typist) {
        this.session = session;
        this.dialogs = dialogs;
        this.prints = prints;
        this.typist = typist;
        this.failures = new FailureNews(session);
    }

    /// Whether old reports are read: a state that has long passed is no time to type.
    boolean isReplaying() {
        return replaying;
    }

    /// @param done completes when what it says is durable, and for a dialog when it is decided
    void take(long generation, HookCall call, CompletableFuture<String> done) {
        try {
            Optional<Dialog> dialog = generation == session.view().model().generation()
                    ? DialogReader.read(call.json())
                    : Optional.empty();
            dialog.ifPresent(asked -> dialogs.ask(generation, call, asked, done));
            hooked(generation, call.json(), session.now());
            if (dialog.isEmpty()) {
                done.complete("{}");
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            throw e;
        }
    }

    /// Takes what the hooks of a child could not deliver.
    void readSpool(long generation) {
        HookSpool spool = new HookSpool(session.around().folder().run(session.name()));
        replaying = true;
        try {
            spool.drain((payload, at) -> hooked(generation, payload, at));
        } finally {
            replaying = false;
        }
    }

    /// @param at when the hook ran
    private void hooked(long generation, String payload, Instant at) {
        for (AgentEvent said : session.agent().heard(payload, at)) {
            AgentEvent event = withoutWords(said);
            // what the agent is at counts though nothing of it can be kept, as on a full disk
            session.mailbox().regardless(() -> remember(generation, event, payload));
            dialogs.hooked(event);
            prints.hooked(generation, event, at);
            session.happen(new SessionEvent.AgentReported(generation, dialogs.over(event), true), at);
        }
    }

    /// A turn that ended without a word may have failed, which the agent's own file tells.
    private AgentEvent withoutWords(AgentEvent event) {
        if (!(event instanceof AgentEvent.TurnEnded ended) || !ended.answer().isBlank()) {
            return event;
        }
        Optional<AgentEvent.TurnFailed> failed = session.view()
                .memory()
                .transcript()
                .flatMap(file -> session.agent().failure(Transcript.tail(Path.of(file))));
        return failed.isPresent() ? failed.get() : event;
    }

    private void remember(long generation, AgentEvent event, String payload) {
        Memory memory = session.view().memory();
        switch (event) {
            case AgentEvent.ConversationBegan(String id, Optional<Path> transcript) -> {
                boolean same = memory.conversation().equals(Optional.of(id));
                keep(memory.inConversation(Optional.of(id), transcript.map(Path::toString), same && memory.prompted())
                        .greeted(generation));
            }
            case AgentEvent.PromptAccepted(String prompt, String source) -> {
                boolean ours = typist.accepted(prompt, source);
                boolean unwritten = memory.transcript()
                        .map(Path::of)
                        .filter(Files::notExists)
                        .isPresent();
                keep(memory.prompted(!unwritten, ours));
                session.around().listener().turnBegan(session.name());
            }
            case AgentEvent.ToolBegan(String tool, String _) -> {
                keep(memory.inTurn(true, Optional.of(tool)));
                session.around().listener().toolBegan(session.name(), tool);
            }
            case AgentEvent.ToolEnded _ -> keep(memory.inTurn(true, Optional.empty()));
            case AgentEvent.TurnEnded(String answer, int _, String _) -> {
                tell(() -> session.around().listener().turnEnded(session.name(), Token.hash(payload), answer));
                keep(memory.turnEnded());
            }
            case AgentEvent.TurnFailed failed -> {
                tell(() -> failures.tell(failed, Token.hash(payload)));
                keep(memory.turnEnded());
            }
            case AgentEvent.Interrupted _ -> keep(memory.turnEnded());
            case AgentEvent.Ready _ -> keep(memory.greeted(generation));
            case AgentEvent.ApprovalAsked _,
                    AgentEvent.QuestionAsked _,
                    AgentEvent.DialogDecided _,
                    AgentEvent.ScreenSeen _,
                    AgentEvent.StatusPrinted _,
                    AgentEvent.Closing _ -> {}
        }
    }

    /// The agent says it this once: what cannot be kept now, as on a full disk, is told when it can.
    private void tell(Runnable words) {
        session.mailbox().untilKept(words, () -> true);
    }

    private void keep(Memory memory) {
        session.record().keep(memory);
    }
}
