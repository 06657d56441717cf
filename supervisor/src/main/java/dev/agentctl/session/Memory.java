package dev.agentctl.session;

import java.util.Optional;

/// What is remembered of a session over a restart of the supervisor.
///
/// @param conversation the agent's id of it
/// @param transcript the agent's own file of it
/// @param prompted whether anything was said in it and written down, so that there is something to resume
/// @param turnOpen whether a prompt was accepted whose turn has not ended
/// @param tool the tool that runs
/// @param tokenHash of the running child's token, by which its calls are known
/// @param verdict for `exited` and `failed`: what it ended with
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
        Optional<String> verdict) {

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
            Optional.empty());

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
                ended);
    }

    Memory inConversation(Optional<String> id, Optional<String> file, boolean saidSomething) {
        return new Memory(desired, generation, restarts, id, file, saidSomething, turnOpen, tool, tokenHash, verdict);
    }

    /// A turn has begun. Whether its prompt is written down is seen later, where the agent's file was not there yet.
    Memory prompted(boolean written) {
        return turn(written, true, Optional.empty());
    }

    /// The turn has ended by itself.
    Memory turnEnded() {
        return turn(turnOpen, false, Optional.empty());
    }

    Memory inTurn(boolean open, Optional<String> running) {
        return turn(open, open, running);
    }

    private Memory turn(boolean written, boolean open, Optional<String> running) {
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
                verdict);
    }

    Memory withToken(String hash) {
        return new Memory(
                desired, generation, restarts, conversation, transcript, prompted, turnOpen, tool, hash, verdict);
    }
}
