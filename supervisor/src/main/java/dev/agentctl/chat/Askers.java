package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import java.util.Optional;

/// The agents that ask, as the desk needs to know them.
public interface Askers {
    /// Which start of a session's child runs, or ran last.
    long generation(String session);

    /// A call that waited has taken a message out of the session's queue, or it has come back.
    void queueChanged(String session);

    /// Makes words safe to be typed.
    String safe(String text);

    /// Puts an answer into the queue of a session whose agent no longer waits for it: the next call that waits for a
    /// message gets it, or it is typed.
    ///
    /// @param origin where the answer was written
    /// @param key the same for a repeated request
    void say(String session, String text, Optional<Origin> origin, String key);
}
