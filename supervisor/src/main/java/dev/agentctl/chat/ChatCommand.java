package dev.agentctl.chat;

import java.util.List;
import java.util.Optional;

/// What an operator asked for in a chat. [CommandReader] reads it.
public sealed interface ChatCommand {
    record ListSessions() implements ChatCommand {}

    record Status(Optional<String> session) implements ChatCommand {}

    record To(String session, String message) implements ChatCommand {}

    /// An answer to the question of that id: `#ID ANSWER`.
    record Answer(String question, String answer) implements ChatCommand {}

    record SendFile(String session, String path) implements ChatCommand {}

    /// A file that looks like it holds secrets.
    ///
    /// @param code what confirms it
    record SendSecret(String session, String code, String path) implements ChatCommand {}

    /// Stop a session and forget its conversation.
    ///
    /// @param code what confirms it; empty at first
    record Delete(String session, Optional<String> code) implements ChatCommand {}

    record Start(String session) implements ChatCommand {}

    /// Stop a session.
    ///
    /// @param code what confirms it; empty at first
    record Stop(String session, Optional<String> code) implements ChatCommand {}

    /// Stop a session and start it again.
    ///
    /// @param code what confirms it; empty at first
    record Restart(String session, Optional<String> code) implements ChatCommand {}

    record ShowScreen(String session) implements ChatCommand {}

    record ShowLog(String session, int lines) implements ChatCommand {}

    record Keys(String session, List<String> keys) implements ChatCommand {}

    record Interrupt(String session) implements ChatCommand {}

    /// Show what waits for a session.
    ///
    /// @param clear withdraw what waits instead of showing it
    record Queue(String session, boolean clear) implements ChatCommand {}

    /// Let a session make no sound.
    ///
    /// @param time how long, or `off`; empty for ever
    record Mute(String session, Optional<String> time) implements ChatCommand {}

    record Usage(String session) implements ChatCommand {}

    /// What waits for a decision.
    record ListPrompts() implements ChatCommand {}

    /// Decides a dialog of an agent.
    record Decide(String prompt, Choice choice) implements ChatCommand {}

    /// Refuse what an agent asks, with a reason that is still to be written.
    record AskReason(String prompt) implements ChatCommand {}

    /// One option of one of several questions, by their numbers.
    record Pick(String prompt, int question, int option) implements ChatCommand {}

    /// What was picked is the answer.
    record SendPicks(String prompt) implements ChatCommand {}

    /// Words that reply to a card that asks for approval: the reason of a refusal, or a message.
    record WordsToApproval(String prompt, String session, String words) implements ChatCommand {}

    record Help() implements ChatCommand {}

    /// Nothing; what a button does that only lets go of something.
    record Dismiss() implements ChatCommand {}

    /// A command that is known but lacks something.
    record Incomplete(String usage) implements ChatCommand {}

    /// It speaks of a session, but nobody can tell of which.
    ///
    /// @param rest what follows the session's name
    record OfWhich(String word, String rest) implements ChatCommand {}

    record Unknown(String word) implements ChatCommand {}

    /// Text that begins with no `/`.
    record Words(String text) implements ChatCommand {}

    /// Reads what was written where every first word may be a session's name.
    static ChatCommand parse(String text) {
        return new CommandReader(SessionNames.ANY).read(text);
    }

    /// Who may ask for it.
    default Role least() {
        return switch (this) {
            case ListSessions _,
                    Status _,
                    ShowScreen _,
                    ShowLog _,
                    Usage _,
                    ListPrompts _,
                    Help _,
                    Dismiss _,
                    Incomplete _,
                    OfWhich _,
                    Unknown _,
                    Words _ -> Role.VIEWER;
            case Queue queue -> queue.clear() ? Role.OPERATOR : Role.VIEWER;
            case Delete _, SendSecret _ -> Role.OWNER;
            case To _,
                    Answer _,
                    Decide _,
                    AskReason _,
                    Pick _,
                    SendPicks _,
                    WordsToApproval _,
                    SendFile _,
                    Start _,
                    Stop _,
                    Restart _,
                    Keys _,
                    Interrupt _,
                    Mute _ -> Role.OPERATOR;
        };
    }

    /// Whether it changes something, so that it must not be run long after it was written without asking.
    default boolean acts() {
        return switch (this) {
            case To _,
                    Answer _,
                    Delete _,
                    Start _,
                    Stop _,
                    Restart _,
                    Keys _,
                    Interrupt _,
                    Decide _,
                    Pick _,
                    SendPicks _ -> true;
            case Queue queue -> queue.clear();
            case ListSessions _,
                    Status _,
                    SendFile _,
                    SendSecret _,
                    AskReason _,
                    WordsToApproval _,
                    ShowScreen _,
                    ShowLog _,
                    Mute _,
                    Usage _,
                    ListPrompts _,
                    Help _,
                    Dismiss _,
                    Incomplete _,
                    OfWhich _,
                    Unknown _,
                    Words _ -> false;
        };
    }
}
