package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// The `telegram:` part of the configuration.
///
/// @param token the bot's secret; it never appears in a message, log or exception
/// @param operators the numeric ids of the people who may command; never empty
/// @param chat where unsolicited messages go, and the only group that is listened to
/// @param apiUrl scheme, host and port of the Bot API server
public record TelegramSettings(String token, List<Long> operators, long chat, URI apiUrl) {
    static final String CHAT_NAME = "telegram";

    /// Ids that many people share: Telegram's own service, anonymous admins, and posts in the name of a channel.
    private static final Set<Long> SHARED = Set.of(777_000L, 1_087_968_824L, 136_817_688L);

    /// @throws IllegalArgumentException with one line for the operator, without the token
    public TelegramSettings {
        operators = List.copyOf(operators);
        if (!token.matches("\\d{1,20}:[A-Za-z0-9_-]{10,100}")) {
            throw new IllegalArgumentException(
                    "telegram.token is no bot token; @BotFather gives one that looks like 123456789:AAE…");
        }
        if (operators.isEmpty()) {
            throw new IllegalArgumentException("telegram.operators is empty; give at least one numeric user id");
        }
        for (Long operator : operators) {
            if (operator <= 0 || SHARED.contains(operator)) {
                throw new IllegalArgumentException(
                        "telegram.operators: " + operator + " is not one person's id; give numeric user ids");
            }
        }
        checkUrl(apiUrl);
    }

    /// Where unsolicited messages go.
    public ChatAddress address() {
        return ChatAddress.of(CHAT_NAME, Long.toString(chat));
    }

    /// The bot's own numeric id, which is no secret.
    String bot() {
        return token.substring(0, token.indexOf(':'));
    }

    /// Removes the token from a text that comes from elsewhere.
    String redact(String text) {
        String secret = token.substring(token.indexOf(':') + 1);
        return text.replace(secret, "<token>");
    }

    @Override
    public String toString() {
        return "TelegramSettings[bot=" + bot() + ", operators=" + operators + ", chat=" + chat + ", apiUrl=" + apiUrl
                + "]";
    }

    private static void checkUrl(URI url) {
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        String path = url.getPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        if (!web || url.getHost() == null || !bare || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "telegram.api_url must be http(s)://host or http(s)://host:port and nothing more");
        }
    }
}
