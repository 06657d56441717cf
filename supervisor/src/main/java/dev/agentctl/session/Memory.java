package dev.agentctl.session;

import java.time.Instant;
import java.util.Optional;

/// What is remembered of a session over a restart of the supervisor.
///
/// @param conversation the agent's id of it
/// @param transcript the agent's own file of it
/// @param prompted whether anything was said in it and written down, so that there is something to resume
/// @param turnOpen whether a prompt was accepted whose turn has not ended
/// @param tool the tool that runs
/// @param tokenHash of the running child's token, by which its calls are known
/// @param greeted which child it was whose conversation has been heard to begin, [#NEVER_ASKED] where an older agentctl
///     did not keep that
/// @param verdict for `exited` and `failed`: what it ended with
/// @param last what the latest turn was about, and what ended it
/// @param hooks which of its hooks were heard
public record Memory(
        Desired desired,
        long generation,
        int restarts,
        Optional<String> conversation,
        Optional<String> transcript,
        boolean prompted,
        boolean turnOpen,
        Optional<String> tool,
        String tokenHash,
        long greeted,
        Optional<String> verdict,
        LastTurn last,
        HookKeys hooks) {

    /// As a generation: none.
    public static final long NEVER_ASKED = -1;

    private static final String EXITED = "exited ";
    private static final String FAILED = "failed ";

    /// Of a session that has never been started.
    public static final Memory BLANK = new Memory(
            Desired.DOWN,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            "",
            0,
            Optional.empty(),
            LastTurn.NONE,
            HookKeys.NONE);

    /// The state that is known without looking: how it ended, else stopped.
    SessionState state() {
        String text = verdict.orElse("");
        if (text.startsWith(EXITED)) {
            return new SessionState.Exited(Integer.parseInt(text.substring(EXITED.length())));
        }
        if (text.startsWith(FAILED)) {
            return new SessionState.Failed(text.substring(FAILED.length()));
        }
        return new SessionState.Stopped();
    }

    Memory ofModel(SessionModel model) {
        Optional<String> ended = switch (model.state()) {
            case SessionState.Exited(int code) -> Optional.of(EXITED + code);
            case SessionState.Failed(String reason) -> Optional.of(FAILED + reason);
            case SessionState.Stopped _,
                    SessionState.Starting _,
                    SessionState.Running _,
                    SessionState.Backoff _,
                    SessionState.Stopping _ -> Optional.empty();
        };
        return new Memory(
                model.desired(),
                model.generation(),
                model.restarts(),
                conversation,
                transcript,
                prompted,
                turnOpen,
                tool,
                tokenHash,
                greeted,
                ended,
                new LastTurn(last.ours(), limited(model)),
                hooks);
    }

    /// A limit is the running child's; whether that still runs is not known before the host has said so.
    private Optional<Activity.Limited> limited(SessionModel model) {
        return switch (model.state()) {
            case SessionState.Running(long _, Instant _, Activity.Limited limited) -> Optional.of(limited);
            case SessionState.Stopped _ -> model.desired() == Desired.UP ? last.limited() : Optional.empty();
            case SessionState.Running _,
                    SessionState.Starting _,
                    SessionState.Exited _,
                    SessionState.Failed _,
                    SessionState.Backoff _,
                    SessionState.Stopping _ -> Optional.empty();
        };
    }

    /// What a supervisor that begins knows of the child that the former one had.
    Heard heard() {
        if (turnOpen || greeted == NEVER_ASKED) {
            return Heard.MORE;
        }
        return greeted == generation ? Heard.GREETING : Heard.NOTHING;
    }

    Memory inConversation(Optional<String> id, Optional<String> file, boolean saidSomething) {
        return new Memory(
                desired,
                generation,
                restarts,
                id,
                file,
                saidSomething,
                turnOpen,
                tool,
                tokenHash,
                greeted,
                verdict,
                last,
                hooks);
    }

    /// The child of this generation has begun its conversation.
    Memory greeted(long which) {
        return ofChild(tokenHash, which, hooks);
    }

    /// A turn has begun. Whether its prompt is written down is seen later, where the agent's file was not there yet.
    ///
    /// @param ours whether with a message of the queue
    Memory prompted(boolean written, boolean ours) {
        return turn(written, true, Optional.empty(), new LastTurn(ours, last.limited()));
    }

    /// The turn has ended by itself.
    Memory turnEnded() {
        return turn(turnOpen, false, Optional.empty(), last);
    }

    Memory inTurn(boolean open, Optional<String> running) {
        return turn(open, open, running, last);
    }

    private Memory turn(boolean written, boolean open, Optional<String> running, LastTurn latest) {
        return new Memory(
                desired,
                generation,
                restarts,
                conversation,
                transcript,
                prompted || written,
                open,
                running,
                tokenHash,
                greeted,
                verdict,
                latest,
                hooks);
    }

    Memory withToken(String hash) {
        return ofChild(hash, greeted, hooks);
    }

    /// A hook was heard.
    ///
    /// @param key empty where it has none
    Memory knowing(String key) {
        return ofChild(tokenHash, greeted, hooks.with(key));
    }

    private Memory ofChild(String hash, long which, HookKeys heard) {
        return new Memory(
                desired,
                generation,
                restarts,
                conversation,
                transcript,
                prompted,
                turnOpen,
                tool,
                hash,
                which,
                verdict,
                last,
                heard);
    }
}
