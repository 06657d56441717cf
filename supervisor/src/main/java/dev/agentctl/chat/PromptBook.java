package dev.agentctl.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// The durable dialogs of agents. Any thread may call; what a method did is on disk when it returns.
public interface PromptBook {
    /// A dialog to be stored.
    ///
    /// @param expiryDenies whether it is refused when nobody has answered in time
    record Opening(
            String session, long generation, String key, String payload, Instant expires, boolean expiryDenies) {}

    /// Stores a dialog; the same key of the same session gives the same one.
    StoredPrompt open(Opening opening);

    Optional<StoredPrompt> find(String id);

    Optional<StoredPrompt> find(String session, String key);

    /// Those that wait for a decision, oldest first.
    List<StoredPrompt> open();

    /// Those that were settled since, oldest first.
    List<StoredPrompt> settledSince(Instant since);

    /// Keeps that an option of one of its questions was chosen.
    ///
    /// @param several whether others of that question stay chosen
    void pick(String id, int question, int option, boolean several);

    /// What was chosen: the numbers of options by the number of their question.
    Map<Integer, SortedSet<Integer>> picks(String id);

    /// Settles it if it is still open; false if it is not. The first wins.
    boolean settle(String id, StoredPrompt.State state, Optional<String> decision, String by);
}
