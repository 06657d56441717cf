package dev.agentctl.agent;

import java.util.Optional;

/// Which history of the agent a start goes on with.
public sealed interface Conversation {
    /// A new one. The id is ours where the agent lets us choose it.
    record Fresh(String id) implements Conversation {}

    /// The one with this id, which the agent still has.
    record Resumed(String id) implements Conversation {}

    /// The agent's id, where it is known before the agent tells it.
    default Optional<String> knownId() {
        return switch (this) {
            case Fresh(String id) -> Optional.of(id).filter(known -> !known.isEmpty());
            case Resumed(String id) -> Optional.of(id);
        };
    }
}
