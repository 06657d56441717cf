package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.Press;
import java.util.Optional;

/// What an update means to us.
sealed interface Judgement {
    /// An operator wrote a text.
    record Message(Incoming incoming) implements Judgement {}

    /// An operator sent a file, with or without words.
    ///
    /// @param group of the messages that were sent as one
    record Sent(Incoming incoming, SentFile file, Optional<String> group) implements Judgement {}

    /// An operator pressed a button.
    ///
    /// @param query what is to be answered, so that the button stops waiting
    record Pressed(Press press, String query) implements Judgement {}

    /// An operator sent something that is not acted on, and is told so.
    record Declined(ChatAddress from, String messageId, String answer) implements Judgement {}

    /// A stranger who wrote a code, hoping to join.
    record Knocked(String user, String code, ChatAddress from, String messageId) implements Judgement {}

    /// Someone who may not command, or whom nobody can tell from others. There is no answer: it would tell strangers
    /// that someone is there.
    record Refused(String user, String why) implements Judgement {}

    /// Nothing that anyone expects an answer to.
    record Ignored(String why) implements Judgement {}
}
