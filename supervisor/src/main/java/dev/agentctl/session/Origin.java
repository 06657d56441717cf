package dev.agentctl.session;

import java.util.Optional;

/// Where a message was written, so that its fate can be shown there.
///
/// @param chat the chat's name; `room`, `thread` and `messageId` are that chat's own ids
public record Origin(String chat, String room, Optional<String> thread, String messageId) {}
