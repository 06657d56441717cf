package dev.agentctl.chat;

import java.util.Optional;

/// Who may do what. Any thread may call.
@FunctionalInterface
public interface Roles {
    /// The role of a person; empty for a stranger.
    Optional<Role> of(String chat, String user);
}
