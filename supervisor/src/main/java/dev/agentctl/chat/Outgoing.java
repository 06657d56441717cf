package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import java.nio.file.Path;
import java.util.List;
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

    /// A file to send by its real path, already checked to be inside its project.
    record Document(
            Optional<ChatAddress> to,
            Optional<String> session,
            Path file,
            String name,
            String caption,
            Optional<String> replyTo)
            implements Outgoing {}

    /// A message with buttons, which may be changed later by a [CardChange] of the same name.
    ///
    /// A chat with buttons shows them below the (last part of the) text, and hands what is pressed to
    /// [IncomingHandler#press]; one without shows [#withCommands] instead.
    ///
    /// @param name what it is about, such as `prompt:k3m2xq`; unique in each room
    /// @param rows the buttons as they lie below each other
    record Card(
            Kind kind,
            Optional<ChatAddress> to,
            Optional<String> session,
            String name,
            String markdown,
            List<List<Button>> rows,
            Optional<String> replyTo)
            implements Outgoing {
        /// Begins the names of cards that want words in reply; a chat that can opens a field for them.
        public static final String WANTS_REPLY = "reply:";

        public Card {
            rows = rows.stream().map(List::copyOf).toList();
        }

        public boolean wantsReply() {
            return name.startsWith(WANTS_REPLY);
        }

        /// The card as words alone: each button as the command that does the same.
        public String withCommands() {
            StringBuilder text = new StringBuilder(markdown);
            String gap = "\n\n";
            for (Button button : rows.stream().flatMap(List::stream).toList()) {
                text.append(gap)
                        .append("- ")
                        .append(button.label())
                        .append(": `")
                        .append(button.command())
                        .append('`');
                gap = "\n";
            }
            return text.toString();
        }
    }

    /// What a card asked for is settled: its buttons go, and below its text stands what happened.
    ///
    /// A card that was not sent yet is changed in the outbox and sent once, as it is now. One that was sent is
    /// edited, see [dev.agentctl.store.OutboxRow#changes]; where the chat cannot edit, or the card is lost, the
    /// outcome goes out as a message.
    ///
    /// @param name of the [Card]
    /// @param outcome Markdown, one or a few lines
    record CardChange(Optional<ChatAddress> to, Optional<String> session, String name, String outcome)
            implements Outgoing {}

    /// What goes on just now: one message that is changed in place, silently. Of those of a name that wait to be shown
    /// only the newest is.
    ///
    /// @param name what it is about, such as `turn:a:7`; unique in each room
    /// @param shownAs the chat's id of the message that shows it already; the outbox fills it in
    record Live(
            Optional<ChatAddress> to, Optional<String> session, String name, String markdown, Optional<String> shownAs)
            implements Outgoing {}

    /// How far a message has come, shown beside the operator's own message.
    record Receipt(Optional<ChatAddress> to, String messageId, Progress progress) implements Outgoing {
        static Receipt of(Origin origin, Progress progress) {
            return new Receipt(Optional.of(ChatAddress.of(origin)), origin.messageId(), progress);
        }
    }

    /// In the order of urgency: what waits behind what, and what makes a sound.
    enum Kind {
        /// An agent waits for an answer; rings.
        QUESTION,
        /// A finished turn, a crash, a give-up; rings.
        FINAL,
        /// The answer to a command, and what else is told for certain but without a sound.
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
        ACCEPTED,
        /// It was taken out of the queue before that: what was shown of it is shown no more.
        WITHDRAWN
    }
}
