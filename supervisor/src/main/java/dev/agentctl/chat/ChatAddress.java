package dev.agentctl.chat;

import dev.agentctl.session.Origin;
import java.util.Optional;

/// Where a message comes from or goes to: a chat (`telegram`, `console`), a room in it (Telegram's chat id) and a
/// thread of that room (a Telegram topic), if any.
public record ChatAddress(String chat, String room, Optional<String> thread) {
    public static ChatAddress of(String chat, String room) {
        return new ChatAddress(chat, room, Optional.empty());
    }

    static ChatAddress of(Origin origin) {
        return new ChatAddress(origin.chat(), origin.room(), origin.thread());
    }
}
