package dev.agentctl.chat;

import java.util.List;

/// What a chat hands its operators' messages to.
///
/// A chat calls it for one message of a room at a time, in order, and marks the message done when it returns. It is
/// idempotent by [Incoming#key()]. It must not wait for an agent.
@FunctionalInterface
public interface IncomingHandler {
    void handle(Incoming message);

    /// Takes files that came with a message. Not called at the same time as [#handle] for the same room's commands, but
    /// beside it: files take their time to be fetched.
    ///
    /// @param message its text is what was written below them
    default void handle(Incoming message, List<ReceivedFile> files) {}

    /// Does what a button says, at most once whoever presses it how often.
    ///
    /// @return what came of it, a short line for the one who pressed: `Allowed`, `Already answered: …`, `This
    ///     button is too old`. What everyone is to see follows as [Outgoing]s of its own, such as the
    ///     [Outgoing.CardChange]
    default String press(Press press) {
        return "Buttons do nothing here.";
    }
}
