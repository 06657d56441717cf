package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.Keystrokes;
import dev.agentctl.agent.Prompt;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostReply;
import dev.agentctl.host.HostRequest;
import dev.agentctl.session.Message.Stage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Types a session's queued messages, one at a time, and watches for the proof that the agent took them.
///
/// Only its session's mailbox calls it. A message is put into the composer when the agent is seen idle, and submitted
/// after a pause if it still is and the screen shows the message: an agent that has just come back drops what is typed
/// while it draws itself. At most one more Enter follows if nothing was taken; never a third, for an Enter into an open
/// dialog answers it.
///
/// What was seen in the composer, is gone from the screen after its Enter, and of which neither a hook nor the
/// transcript knows, in an agent that is idle, was dropped: it goes back into the queue. Anything else that cannot be
/// proven is reported as uncertain and never typed again.
final class Typist {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /// Composers have shown a message 10 to 150 ms after it was typed, and 2 s after it on a busy machine.
    private static final Duration LOOK_FOR_ECHO = Duration.ofMillis(100);

    private static final int LOOKS = 40;
    /// A screen that never shows it may be one that we cannot read.
    private static final int MOST_PASTES = 3;

    private static final String DROPPED = "the agent dropped it; it is typed again";
    private static final String UNSUBMITTED = "it stands in the program's input, and its Enter was not pressed";
    private static final String TRANSCRIPT = "the agent's transcript";

    private final Agent agent;
    private final HostLink host;
    private final MessageQueue queue;
    private final Progress progress;
    private final Mailbox mailbox;
    private final Situation situation;
    private @Nullable Typing current;
    private final Unproven unproven = new Unproven();
    private boolean tookOver;
    private boolean looking;

    /// What the typist needs to know of its session at any moment.
    interface Situation {
        /// Whether a message may be typed now.
        boolean accepts();

        /// Whether nothing but its screen keeps a message from being typed: no report tells when that has changed.
        default boolean isHidden() {
            return false;
        }

        /// Whether what was typed may be submitted.
        default boolean submits() {
            return accepts();
        }

        /// A message was submitted to a program that will not confirm it.
        default void submitted() {}

        long generation();

        boolean bracketedPaste();

        /// What the terminal shows.
        String screenText();

        /// Whether the agent's own transcript has this prompt; a last look before a message is given up as uncertain.
        boolean transcriptHas(String text);
    }

    /// Who is told that a message has come further.
    interface Progress {
        /// As [SessionListener#advanced].
        void advanced(Message message, Stage stage, Optional<String> evidence);
    }

    Typist(Agent agent, HostLink host, MessageQueue queue, Progress progress, Mailbox mailbox, Situation situation) {
        this.agent = agent;
        this.host = host;
        this.queue = queue;
        this.progress = progress;
        this.mailbox = mailbox;
        this.situation = situation;
    }

    /// Takes over what a former supervisor was at, once: what was not submitted goes back into the queue, of the last
    /// that was the proof is awaited.
    void takeOver(String session) {
        if (tookOver) {
            return;
        }
        tookOver = true;
        for (Message message : queue.underWay(session)) {
            switch (message.stage()) {
                case TYPING -> {
                    if (agent.reports()) {
                        queue.advance(message.id(), Stage.STORED);
                    } else {
                        queue.advance(message.id(), Stage.UNCERTAIN, Optional.of(UNSUBMITTED));
                        tell(message, Stage.UNCERTAIN, Optional.of(UNSUBMITTED));
                    }
                }
                case SUBMITTING, TYPED -> awaitProof(message);
                case STORED, ACCEPTED, UNCERTAIN, ANSWERED, WITHDRAWN -> {}
            }
        }
    }

    private void awaitProof(Message message) {
        Typing typing = new Typing(message, situation.generation(), situation.screenText());
        typing.secondEnter = true;
        if (!agent.reports()) {
            // nothing will prove it; that it was typed is all that is ever claimed
            if (message.stage() == Stage.SUBMITTING) {
                advance(typing, Stage.UNCERTAIN, Optional.of("the supervisor ended while it pressed Enter"));
            }
            return;
        }
        Typing former = current;
        if (former != null) {
            conclude(former, "the agent has not confirmed it");
        }
        typing.stage = Stage.TYPED;
        current = typing;
        stepAfter(agent.proofTime(), typing, () -> overdue(typing));
    }

    /// Whether a message is between the composer and its proof.
    boolean isTyping() {
        return current != null;
    }

    /// Begins with the next message if there is one and the agent takes it.
    void pump(String session) {
        if (current != null || !(situation.accepts() || situation.isHidden())) {
            return;
        }
        try {
            queue.head(session).ifPresent(this::beginIfAccepted);
        } catch (RuntimeException e) {
            lookAgain(session);
            throw e;
        }
    }

    /// A person may have begun to type while the queue was read, and sent this message only then.
    private void beginIfAccepted(Message message) {
        if (situation.accepts()) {
            begin(message);
        } else if (situation.isHidden()) {
            lookAgain(message.session());
        }
    }

    /// Where no event would bring the queue to mind.
    private void lookAgain(String session) {
        if (!looking) {
            looking = true;
            mailbox.postAfter(LOOK_AGAIN, () -> {
                looking = false;
                pump(session);
            });
        }
    }

    /// Does the next thing with a message. What a full disk keeps from being done is tried again: nothing else would
    /// come back to it.
    private void step(Typing typing, Runnable step) {
        if (current != typing) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            stepAfter(LOOK_AGAIN, typing, step);
            throw e;
        }
    }

    private void stepAfter(Duration time, Typing typing, Runnable step) {
        mailbox.postAfter(time, () -> step(typing, step));
    }

    private void begin(Message message) {
        Keystrokes keys = keystrokes(message);
        Stage stage = keys.submitsLines() ? Stage.SUBMITTING : Stage.TYPING;
        if (!queue.claim(message.id(), stage)) {
            // a waiting tool call has taken it since
            pump(message.session());
            return;
        }
        Typing typing = new Typing(message, situation.generation(), situation.screenText());
        typing.stage = stage;
        Optional<Message> before = unproven.overwrite();
        current = typing;
        tell(message, Stage.TYPING, Optional.empty());
        step(
                typing,
                () -> paste(typing, before.map(Message::text).map(keys::over).orElse(keys)));
    }

    private Keystrokes keystrokes(Message message) {
        return agent.keystrokes(message.text(), situation.bracketedPaste());
    }

    private void paste(Typing typing, Keystrokes keys) {
        typing.looks = 0;
        if (keys.isWhole()) {
            send(typing, keys.text(), () -> submitted(typing));
        } else {
            send(typing, keys.text(), () -> stepAfter(keys.pause(), typing, () -> submit(typing)));
        }
    }

    private void submit(Typing typing) {
        if (!situation.submits()) {
            // a dialog opened or a person began a turn: the text stays unsubmitted, and the composer is emptied
            // before anything is typed again
            if (agent.reports()) {
                putBack(typing);
                unproven.leave(typing.message);
                // where only its screen hides the composer, no event would come
                pump(typing.message.session());
            } else {
                // nothing empties the input of a program that we do not know: typed again, it would stand there twice
                settle(typing, Stage.UNCERTAIN, Optional.of(UNSUBMITTED));
            }
            return;
        }
        typing.shown = typing.isOn(situation.screenText());
        if (typing.shown || isHopeless(typing)) {
            enter(typing);
        } else {
            awaitEcho(typing);
        }
    }

    /// Whether nothing tells when the composer shows the message.
    private boolean isHopeless(Typing typing) {
        return !agent.reports() || !typing.isVisible() || (typing.looks >= LOOKS && typing.pastes >= MOST_PASTES);
    }

    /// Typed once more it stands there once, for the composer is emptied first.
    private void awaitEcho(Typing typing) {
        typing.looks++;
        if (typing.looks <= LOOKS) {
            stepAfter(LOOK_FOR_ECHO, typing, () -> submit(typing));
        } else {
            typing.pastes++;
            paste(typing, keystrokes(typing.message).over(typing.message.text()));
        }
    }

    private void enter(Typing typing) {
        if (typing.stage != Stage.SUBMITTING) {
            advance(typing, Stage.SUBMITTING, Optional.empty());
        }
        send(typing, keystrokes(typing.message).submit(), () -> submitted(typing));
    }

    private void submitted(Typing typing) {
        advance(typing, Stage.TYPED, Optional.empty());
        if (agent.reports()) {
            stepAfter(agent.proofTime(), typing, () -> overdue(typing));
        } else {
            situation.submitted();
            current = null;
            pump(typing.message.session());
        }
    }

    private void overdue(Typing typing) {
        if (situation.transcriptHas(typing.message.text())) {
            settle(typing, Stage.ACCEPTED, Optional.of(TRANSCRIPT));
        } else if (isDropped(typing)) {
            settle(typing, Stage.STORED, Optional.of(DROPPED));
        } else if (!typing.secondEnter && situation.accepts() && typing.generation == situation.generation()) {
            typing.secondEnter = true;
            send(
                    typing,
                    keystrokes(typing.message).submit(),
                    () -> stepAfter(agent.proofTime(), typing, () -> overdue(typing)));
        } else {
            unproven.doubt(typing.message);
            settle(typing, Stage.UNCERTAIN, Optional.of("the agent has not confirmed it"));
        }
    }

    private boolean isDropped(Typing typing) {
        return typing.shown
                && typing.generation == situation.generation()
                && situation.accepts()
                && !typing.isOn(situation.screenText())
                && unproven.isWorthAnother(typing.message);
    }

    /// The agent reported a prompt; whether it was a message of the queue.
    ///
    /// @param source what told it
    boolean accepted(String prompt, String source) {
        Typing typing = current;
        if (typing != null && Prompt.contains(prompt, typing.message.text())) {
            // the next one waits: whoever brings the report has yet to learn that a turn has begun
            advance(typing, Stage.ACCEPTED, Optional.of(source));
            current = null;
            return true;
        }
        Optional<Message> byHand = unproven.submittedByHand(prompt);
        if (byHand.isPresent()) {
            accept(byHand.get(), source);
            return true;
        }
        Optional<Message> late = unproven.confirmedLate(prompt);
        late.ifPresent(message -> accept(message, source + ", late"));
        return late.isPresent();
    }

    private void accept(Message message, String source) {
        queue.advance(message.id(), Stage.ACCEPTED, Optional.of(source));
        tell(message, Stage.ACCEPTED, Optional.of(source));
    }

    /// The child has ended.
    void childEnded() {
        unproven.childEnded();
        Typing typing = current;
        if (typing != null) {
            step(typing, () -> childEnded(typing));
        }
    }

    private void childEnded(Typing typing) {
        if (typing.stage == Stage.TYPING) {
            putBack(typing);
        } else {
            conclude(typing, "the agent ended before it confirmed it");
            current = null;
        }
        // a child may be there already
        pump(typing.message.session());
    }

    /// The last word on what was submitted and not confirmed.
    private void conclude(Typing typing, String why) {
        if (situation.transcriptHas(typing.message.text())) {
            advance(typing, Stage.ACCEPTED, Optional.of(TRANSCRIPT));
        } else {
            advance(typing, Stage.UNCERTAIN, Optional.of(why));
        }
    }

    /// Nothing was submitted.
    private void putBack(Typing typing) {
        queue.advance(typing.message.id(), Stage.STORED);
        current = null;
    }

    private void settle(Typing typing, Stage end, Optional<String> evidence) {
        advance(typing, end, evidence);
        current = null;
        pump(typing.message.session());
    }

    private void advance(Typing typing, Stage stage, Optional<String> evidence) {
        queue.advance(typing.message.id(), stage, evidence);
        typing.stage = stage;
        tell(typing.message, stage, evidence);
    }

    /// Whether those who are told can take it is not the message's concern.
    private void tell(Message message, Stage stage, Optional<String> evidence) {
        mailbox.regardless(() -> progress.advanced(message, stage, evidence));
    }

    private void send(Typing typing, byte[] bytes, Runnable then) {
        HostRequest input = new HostRequest.Input(typing.message.session(), typing.generation, bytes);
        var _ = host.send(input)
                .whenComplete((reply, failure) -> mailbox.post(() -> {
                    boolean done = reply instanceof HostReply.Done;
                    step(typing, done ? then : () -> failed(typing, reply, failure));
                }));
    }

    private void failed(Typing typing, @Nullable HostReply reply, @Nullable Throwable failure) {
        String why = reply instanceof HostReply.Refused refused ? refused.reason() : "the host is gone: " + failure;
        if (typing.stage == Stage.TYPING) {
            // nothing was submitted; the next look at the queue types it anew
            putBack(typing);
            lookAgain(typing.message.session());
        } else {
            settle(typing, Stage.UNCERTAIN, Optional.of(why));
        }
    }
}
