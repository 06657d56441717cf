package dev.agentctl.telegram;

import dev.agentctl.chat.FormattedText;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.TextEntity;
import dev.agentctl.store.OutboxRow;
import dev.agentctl.store.ShownCard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;

/// Turns a part of a row into a call.
final class Delivery {
    private final BotApi api;

    Delivery(BotApi api) {
        this.api = api;
    }

    /// Calls the server once; a second time only where it refused the formatting or the topic, so that at least the
    /// words arrive.
    ApiAnswer deliver(OutboxRow row, Part part) throws InterruptedException {
        return switch (part) {
            case Part.Words(FormattedText text) -> words(row, text);
            case Part.Upload upload -> upload(row, upload);
            case Part.Reaction reaction -> react(row, reaction);
        };
    }

    private ApiAnswer words(OutboxRow row, FormattedText text) throws InterruptedException {
        FormattedText marked = row.repeat() ? text.prefixed(Part.REPEAT) : text;
        Optional<String> thread = row.to().thread();
        ApiAnswer answer = api.call("sendMessage", message(row, marked, thread));
        if (thread.isPresent() && isRefused(answer, "thread not found")) {
            thread = Optional.empty();
            answer = api.call("sendMessage", message(row, marked, thread));
        }
        if (!marked.entities().isEmpty() && isRefused(answer, "entit")) {
            answer = api.call("sendMessage", message(row, FormattedText.plain(marked.text()), thread));
        }
        return answer;
    }

    private static boolean isRefused(ApiAnswer answer, String because) {
        return answer instanceof ApiAnswer.Refused refused
                && refused.code() == 400
                && refused.description().toLowerCase(Locale.ROOT).contains(because);
    }

    private static Map<String, Object> message(OutboxRow row, FormattedText text, Optional<String> thread) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("chat_id", row.to().room());
        thread.ifPresent(id -> message.put("message_thread_id", id));
        message.put("text", text.text());
        if (!text.entities().isEmpty()) {
            message.put(
                    "entities", text.entities().stream().map(Delivery::entity).toList());
        }
        message.put("disable_notification", isSilent(row.what()));
        message.put("link_preview_options", Map.of("is_disabled", true));
        replyTo(row)
                .ifPresent(id ->
                        message.put("reply_parameters", Map.of("message_id", id, "allow_sending_without_reply", true)));
        return message;
    }

    private static Map<String, Object> entity(TextEntity entity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", entity.type().name().toLowerCase(Locale.ROOT));
        json.put("offset", entity.offset());
        json.put("length", entity.length());
        entity.language().ifPresent(language -> json.put("language", language));
        entity.url().ifPresent(url -> json.put("url", url));
        return json;
    }

    private ApiAnswer upload(OutboxRow row, Part.Upload upload) throws InterruptedException {
        DocumentUpload document = new DocumentUpload(row.to().room(), upload.file());
        String caption = (row.repeat() ? Part.REPEAT : "") + upload.caption();
        if (!caption.isEmpty()) {
            document.setCaption(caption);
        }
        row.to().thread().flatMap(Delivery::number).ifPresent(document::setMessageThreadId);
        document.setDisableNotification(isSilent(row.what()));
        replyTo(row)
                .ifPresent(id -> document.setReplyParameters(ReplyParameters.builder()
                        .messageId(id)
                        .allowSendingWithoutReply(true)
                        .build()));
        return api.upload(document);
    }

    private ApiAnswer react(OutboxRow row, Part.Reaction reaction) throws InterruptedException {
        return api.call(
                "setMessageReaction",
                Map.of(
                        "chat_id",
                        row.to().room(),
                        "message_id",
                        reaction.messageId(),
                        "reaction",
                        List.of(Map.of("type", "emoji", "emoji", reaction.emoji()))));
    }

    private static boolean isSilent(Outgoing what) {
        return switch (what) {
            case Outgoing.Text text -> isSilent(text.kind());
            case Outgoing.Card card -> isSilent(card.kind());
            case Outgoing.Document _, Outgoing.CardChange _, Outgoing.Receipt _ -> true;
        };
    }

    private static boolean isSilent(Kind kind) {
        return kind != Kind.QUESTION && kind != Kind.FINAL;
    }

    /// Only the first part replies, the others follow it.
    private static Optional<Integer> replyTo(OutboxRow row) {
        Optional<String> id = switch (row.what()) {
            case Outgoing.Text text -> text.replyTo();
            case Outgoing.Document document -> document.replyTo();
            case Outgoing.Card card -> card.replyTo();
            // below the card that it speaks of
            case Outgoing.CardChange _ -> row.changes().flatMap(ShownCard::messageId);
            case Outgoing.Receipt _ -> Optional.empty();
        };
        return row.partsSent() > 0 ? Optional.empty() : id.flatMap(Delivery::number);
    }

    private static Optional<Integer> number(String id) {
        return id.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(id)) : Optional.empty();
    }
}
