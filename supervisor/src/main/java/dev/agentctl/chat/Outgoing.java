package dev.agentctl.chat;

import java.nio.file.Path;
import java.util.Optional;

/// Something to show in a chat. It is stored in the outbox before anything is sent.
public sealed interface Outgoing {
    /// Empty: the chat's own default place for unsolicited messages.
    Optional<ChatAddress> to();

    /// A message.
    ///
    /// @param session the session that it speaks of or for; a reply to it goes to that session
    /// @param markdown what an agent or we wrote, as CommonMark; each chat renders it its own way
    /// @param replyTo the chat's id of the message it answers
    record Text(
            Kind kind, Optional<ChatAddress> to, Optional<String> session, String markdown, Optional<String> replyTo)
            implements Outgoing {}

    /// A file to send, already checked to be inside its project.
    record Document(
            Optional<ChatAddress> to,
            Optional<String> session,
            Path file,
            String name,
            String caption,
            Optional<String> replyTo)
            implements Outgoing {}

    /// How far a message has come, shown beside the operator's own message.
    record Receipt(Optional<ChatAddress> to, String messageId, Progress progress) implements Outgoing {}

    /// In the order of urgency: what waits behind what, and what makes a sound.
    enum Kind {
        /// An agent waits for an answer; rings.
        QUESTION,
        /// A finished turn, a crash, a give-up; rings.
        FINAL,
        /// The answer to a command.
        REPLY,
        /// Anything else; silent, and the first to be dropped under pressure.
        STATUS
    }

    /// The ladder of a `/to`: each step is claimed only when it was seen.
    enum Progress {
        /// It is in the durable queue.
        STORED,
        /// Its bytes were written to the terminal.
        TYPED,
        /// The agent itself reported it as its prompt.
        ACCEPTED
    }
}
