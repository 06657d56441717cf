package dev.agentctl.project;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The Telegram bot that the operators talk to.
///
/// @param token the bot's token
/// @param operators numeric ids of the people whose messages count; never empty
/// @param owners those of them who may do everything; empty where all of them may
/// @param viewers numeric ids of people who may only look
/// @param chat id of the chat that messages nobody asked for go to; negative for a group
/// @param quietHours when only what cannot wait makes a sound
/// @param apiUrl root of the Bot API server, without the token
public record Telegram(
        Secret token,
        List<Long> operators,
        List<Long> owners,
        List<Long> viewers,
        long chat,
        Optional<QuietHours> quietHours,
        URI apiUrl) {
    /// Telegram's own server.
    public static final URI PUBLIC_API = URI.create("https://api.telegram.org");

    public Telegram {
        operators = List.copyOf(operators);
        owners = List.copyOf(owners);
        viewers = List.copyOf(viewers);
    }
}
