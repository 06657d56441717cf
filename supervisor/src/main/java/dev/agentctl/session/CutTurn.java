package dev.agentctl.session;

import dev.agentctl.agent.Prompt;
import dev.agentctl.project.OnCrash;
import java.util.Optional;

/// A turn that the end of its agent's process has cut short, and what is said about it once the agent is back in its
/// conversation. Pure.
///
/// @param cause how the process ended
/// @param tool what was running
/// @param last the last message that the agent accepted
/// @param unwritten whether that is missing from the agent's own file, as after a kill just after it was accepted
/// @param latest whether nobody has prompted the agent after it, so that it is what the turn was about
/// @param anew whether the conversation begins anew, because nothing of it had been written down
record CutTurn(
        String cause, Optional<String> tool, Optional<Message> last, boolean unwritten, boolean latest, boolean anew) {
    private static final String OURS = "[agentctl] ";
    private static final String AGAIN = "This is the message again that you were at:\n\n";

    /// What the agent is told, and what the operators.
    record Words(Optional<String> agent, Optional<Effect.Notice> operators) {}

    Words words(OnCrash what) {
        return switch (what) {
            case CONTINUE -> goOn();
            case IDLE -> new Words(Optional.empty(), Optional.of(new Effect.Notice.LeftIdle(tool)));
            case RERUN -> rerun();
        };
    }

    private Words rerun() {
        Optional<Words> again = latest ? last.flatMap(this::again) : Optional.empty();
        return again.isPresent() ? again.get() : goOn();
    }

    private Words goOn() {
        String missing = last.filter(_ -> unwritten)
                .map(message ->
                        "\n\nThe last message to you may be missing from your history. It was:\n\n" + message.text())
                .orElse("");
        return new Words(Optional.of(interrupted() + "Go on with what you were doing." + missing), Optional.empty());
    }

    /// Empty where the turn began with a word of our own, which nobody wants to be repeated.
    private Optional<Words> again(Message message) {
        return asked(message.text())
                .map(text -> new Words(
                        Optional.of(interrupted() + "Part of your work may be done already. " + AGAIN + text),
                        Optional.of(new Effect.Notice.Repeated(text))));
    }

    /// What a person asked, also where that is repeated already.
    private static Optional<String> asked(String text) {
        if (!text.startsWith(OURS)) {
            return Optional.of(text);
        }
        int at = text.indexOf(AGAIN);
        return at < 0 ? Optional.empty() : Optional.of(text.substring(at + AGAIN.length()));
    }

    private String interrupted() {
        String doubt = tool.map(name -> "The tool call \"" + Prompt.safe(name)
                        + "\" was running; it may or may not have finished, so check before you repeat it. ")
                .orElse("");
        return OURS + "Your process ended (" + cause + ") in the middle of your work, and the supervisor has "
                + "restarted you in " + (anew ? "a new conversation. " : "the same conversation. ") + doubt;
    }
}
