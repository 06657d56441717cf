package dev.agentctl.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.Press;
import dev.agentctl.chat.Roles;
import dev.agentctl.store.Inbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads raw updates and decides who may command.
///
/// Only the numeric `from.id` counts: names change hands. Posts in the name of a chat, by anonymous admins or by bots
/// are nobody's; edited, forwarded and inline texts are data and never a command. Groups other than the configured
/// one are refused even where an operator writes there, because others read the answers.
final class UpdateReader {
    private static final List<String> FORWARDED =
            List.of("forward_origin", "forward_date", "forward_from", "forward_from_chat", "is_automatic_forward");
    private static final List<String> UNSUPPORTED = List.of(
            "sticker",
            "location",
            "venue",
            "contact",
            "poll",
            "dice",
            "story",
            "checklist",
            "paid_media",
            "live_photo");
    private static final Pattern KNOCK = Pattern.compile("\\s*/pair\\s+\\d{8}\\s*");
    private static final Pattern ADDRESSED = Pattern.compile("(/[A-Za-z0-9_]+)@([A-Za-z0-9_]+)(.*)", Pattern.DOTALL);

    private final TelegramSettings settings;
    private final Roles roles;
    private final ObjectMapper json = new ObjectMapper();

    /// @param roles who is no stranger
    UpdateReader(TelegramSettings settings, Roles roles) {
        this.settings = settings;
        this.roles = roles;
    }

    /// @param botName the bot's user name, where it is known already
    Judgement read(Inbox.Entry entry, Optional<String> botName) {
        JsonNode update;
        try {
            update = json.readTree(entry.raw());
        } catch (JsonProcessingException _) {
            return new Judgement.Ignored("unreadable");
        }
        if (update.has("callback_query")) {
            return press(entry.key(), update.path("callback_query"), entry.receivedAt());
        }
        JsonNode message = update.path("message");
        if (!message.isObject()) {
            return new Judgement.Ignored(update.has("edited_message") ? "an edit" : "not a message");
        }
        Optional<Judgement.Refused> refusal = refusal(message.path("from"), message);
        if (refusal.isPresent()) {
            return knock(message).<Judgement>map(knocked -> knocked).orElse(refusal.get());
        }
        return admitted(entry.key(), message, botName);
    }

    /// A code counts only where nobody else reads it, and only from a person.
    private static Optional<Judgement.Knocked> knock(JsonNode message) {
        String user = message.path("from").path("id").asText();
        Matcher matcher = KNOCK.matcher(message.path("text").asText(""));
        boolean inPrivate = message.path("chat").path("id").asText().equals(user);
        boolean person = !message.has("sender_chat")
                && !message.path("from").path("is_bot").asBoolean(false);
        return matcher.matches() && inPrivate && person && FORWARDED.stream().noneMatch(message::has)
                ? Optional.of(new Judgement.Knocked(
                        user,
                        message.path("text").asText().replaceAll("\\D", ""),
                        address(message),
                        message.path("message_id").asText()))
                : Optional.empty();
    }

    /// The card's own sender is the bot; only who pressed counts, and where.
    private Judgement press(Inbox.Key key, JsonNode query, Instant receivedAt) {
        JsonNode message = query.path("message");
        ObjectNode place = json.createObjectNode();
        place.set("chat", message.path("chat"));
        Optional<Judgement.Refused> refusal = refusal(query.path("from"), place);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!message.path("message_id").canConvertToInt() || !query.path("data").isTextual()) {
            return new Judgement.Ignored("a press without a message");
        }
        return new Judgement.Pressed(
                new Press(
                        key(key),
                        address(message),
                        query.path("from").path("id").asText(),
                        message.path("message_id").asText(),
                        query.path("data").asText(),
                        receivedAt),
                query.path("id").asText());
    }

    private static String key(Inbox.Key key) {
        return "telegram:" + key.bot() + ":" + key.epoch() + ":" + key.updateId();
    }

    private Optional<Judgement.Refused> refusal(JsonNode from, JsonNode message) {
        String user = from.path("id").asText("nobody");
        long room = message.path("chat").path("id").asLong();
        String why = "";
        if (!from.path("id").canConvertToLong()
                || roles.of(TelegramSettings.CHAT_NAME, user).isEmpty()) {
            why = "unknown user";
        } else if (message.has("sender_chat") || from.path("is_bot").asBoolean(false)) {
            why = "written in the name of a chat or bot";
        } else if (room != from.path("id").asLong() && room != settings.chat()) {
            why = "written in chat " + room + ", which is not telegram.chat";
        }
        return why.isEmpty() ? Optional.empty() : Optional.of(new Judgement.Refused(user, why));
    }

    private static Judgement admitted(Inbox.Key key, JsonNode message, Optional<String> botName) {
        ChatAddress from = address(message);
        String messageId = message.path("message_id").asText();
        if (FORWARDED.stream().anyMatch(message::has) || message.has("via_bot")) {
            return new Judgement.Declined(
                    from, messageId, "A forwarded message is never run as a command. To use its text, copy it.");
        }
        Optional<SentFile> file = SentFile.of(message);
        if (file.isPresent()) {
            return new Judgement.Sent(
                    incoming(key, message, from, message.path("caption").asText("")),
                    file.get(),
                    Optional.of(message.path("media_group_id").asText("")).filter(group -> !group.isEmpty()));
        }
        if (!message.path("text").isTextual()) {
            return UNSUPPORTED.stream().anyMatch(message::has)
                    ? new Judgement.Declined(from, messageId, "Only text and files are passed on; this was not.")
                    : new Judgement.Ignored("a service message");
        }
        return text(key, message, from, botName);
    }

    private static Judgement text(Inbox.Key key, JsonNode message, ChatAddress from, Optional<String> botName) {
        String text = message.path("text").asText();
        Matcher addressed = ADDRESSED.matcher(text);
        if (addressed.matches()) {
            String bot = addressed.group(2);
            if (botName.isPresent() && !botName.get().equalsIgnoreCase(bot)) {
                return new Judgement.Ignored("addressed to another bot");
            }
            text = addressed.replaceFirst("$1$3");
        }
        return new Judgement.Message(incoming(key, message, from, text));
    }

    private static Incoming incoming(Inbox.Key key, JsonNode message, ChatAddress from, String text) {
        return new Incoming(
                key(key),
                from,
                message.path("from").path("id").asText(),
                message.path("message_id").asText(),
                text,
                replyTo(message),
                Instant.ofEpochSecond(
                        Integer.toUnsignedLong(message.path("date").asInt())));
    }

    private static ChatAddress address(JsonNode message) {
        Optional<String> thread = message.path("is_topic_message").asBoolean(false)
                ? Optional.of(message.path("message_thread_id").asText())
                : Optional.empty();
        return new ChatAddress(
                TelegramSettings.CHAT_NAME, message.path("chat").path("id").asText(), thread);
    }

    /// Every message of a topic "replies" to the topic's first one.
    private static Optional<String> replyTo(JsonNode message) {
        JsonNode id = message.path("reply_to_message").path("message_id");
        boolean isTopic =
                message.path("is_topic_message").asBoolean(false) && id.equals(message.path("message_thread_id"));
        return id.isMissingNode() || isTopic ? Optional.empty() : Optional.of(id.asText());
    }
}
