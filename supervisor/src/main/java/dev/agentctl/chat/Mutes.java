package dev.agentctl.chat;

import java.time.Instant;

/// Which sessions make no sound. Durable; any thread may call.
public interface Mutes {
    Instant FOR_EVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    void mute(String session, Instant until);

    void unmute(String session);

    boolean isMuted(String session);
}
