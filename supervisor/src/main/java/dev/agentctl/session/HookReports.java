package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.tools.HookCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
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
    private final HookSpool spool;
    private boolean replaying;

    HookReports(Interior session, SessionDialogs dialogs, PrintedReports prints, Typist typist) {
        this.session = session;
        this.dialogs = dialogs;
        this.prints = prints;
        this.typist = typist;
        this.failures = new FailureNews(session);
        this.spool = new HookSpool(session.around().folder().run(session.name()));
    }

    /// Whether old reports are read: a state that has long passed is no time to type.
    boolean isReplaying() {
        return replaying;
    }

    /// @param done completes when what it says is durable, and for a dialog when it is decided
    void take(long generation, HookCall call, CompletableFuture<String> done) {
        try {
            // what a hook before this one could not deliver
            session.mailbox().regardless(this::readKept);
            Optional<Dialog> dialog = generation == session.view().model().generation()
                    ? DialogReader.read(call.json())
                    : Optional.empty();
            dialog.ifPresent(asked -> dialogs.ask(generation, call, asked, done));
            // one that waits comes back to its dialog
            hooked(generation, dialog.isPresent() ? "" : call.key(), call.json(), session.now());
            if (dialog.isEmpty()) {
                done.complete("{}");
            }
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            throw e;
        }
    }

    /// Whether [#readKept] has something to do. Any thread.
    boolean hasKept() {
        return session.view().state().childPid() != 0 && !spool.isEmpty();
    }

    /// Takes what the hooks of the running child could not deliver though this supervisor was there.
    void readKept() {
        if (hasKept()) {
            long generation = session.view().model().generation();
            readSpool(generation);
            // an end that an old report told is waited for from now; and the queue is looked at
            session.happen(new SessionEvent.TimeUp(generation, SessionEvent.Timer.LIMIT_OVER));
        }
    }

    /// Takes what the hooks of a child could not deliver. What fails would fail again.
    void readSpool(long generation) {
        replaying = true;
        try {
            spool.drain(
                    session.now(),
                    (key, payload, at) -> session.mailbox().regardless(() -> hooked(generation, key, payload, at)));
        } finally {
            replaying = false;
        }
    }

    /// @param named what the hook calls its run: one that was heard before counts no more
    /// @param at when the hook ran
    private void hooked(long generation, String named, String payload, Instant at) {
        String key = HookKeys.usable(named);
        if (session.view().memory().hooks().has(key)) {
            return;
        }
        Iterator<AgentEvent> all = session.agent().heard(payload, at).iterator();
        while (all.hasNext()) {
            AgentEvent event = withoutWords(all.next());
            // the key is kept with the last of it, and after what is kept elsewhere
            String last = all.hasNext() ? "" : key;
            dialogs.hooked(event);
            // what the agent is at counts though nothing of it can be kept, as on a full disk
            session.mailbox()
                    .regardless(() -> remember(generation, event, last, Token.hash(key.isEmpty() ? payload : key)));
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

    /// @param key to be kept with it
    /// @param words what its words are told under, once
    private void remember(long generation, AgentEvent event, String key, String words) {
        Memory memory = session.view().memory().knowing(key);
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
                tell(() -> session.around().listener().turnEnded(session.name(), words, answer));
                keep(memory.turnEnded());
            }
            case AgentEvent.TurnFailed failed -> {
                tell(() -> failures.tell(failed, words));
                keep(memory.turnEnded());
            }
            case AgentEvent.Interrupted _ -> keep(memory.turnEnded());
            case AgentEvent.Ready _ -> keep(memory.greeted(generation));
            case AgentEvent.ApprovalAsked _,
                    AgentEvent.QuestionAsked _,
                    AgentEvent.DialogDecided _,
                    AgentEvent.ScreenSeen _,
                    AgentEvent.StatusPrinted _,
                    AgentEvent.Closing _ -> keep(memory);
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
