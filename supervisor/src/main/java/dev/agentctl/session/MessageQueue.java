package dev.agentctl.session;

import dev.agentctl.session.Message.Stage;
import java.util.List;
import java.util.Optional;

/// The durable queues of all sessions. Any thread may call; what a method did is on disk when it returns.
public interface MessageQueue {
    /// Puts a message at the end; a key that was used before changes nothing.
    ///
    /// @return the message, or empty when the key was used before
    Optional<Message> add(String session, String text, Optional<Origin> origin, String key);

    /// Puts what the supervisor itself says before all that waits, in place of what it said before and was not typed.
    ///
    /// @param text empty where there is nothing to say any more
    void sayFirst(String session, Optional<String> text);

    /// The first that is to be typed.
    Optional<Message> head(String session);

    /// Those between `typing` and their end, oldest first: what a former supervisor was at.
    List<Message> underWay(String session);

    /// Moves a message on.
    ///
    /// @param evidence for `accepted`: what proved it; for `uncertain`: what was seen instead; else empty
    void advance(long id, Stage stage, Optional<String> evidence);

    default void advance(long id, Stage stage) {
        advance(id, stage, Optional.empty());
    }

    /// Moves a message on if it is still stored; false when someone else has taken it.
    boolean claim(long id, Stage stage);

    /// The last that the agent reported as its prompt.
    Optional<Message> lastAccepted(String session);

    /// How many wait to be typed or accepted.
    int waiting(String session);

    /// Those that wait to be typed or accepted, in their order.
    List<Message> pending(String session);

    /// What came of the message that was added with this key.
    Optional<Delivery> delivery(String key);

    /// The newest that wait no longer, oldest first, then those that wait, in their order.
    ///
    /// @param most of each of the two
    List<Delivery> deliveries(String session, int most);

    /// Withdraws all that were not typed, and gives them.
    List<Message> withdrawAll(String session);
}
