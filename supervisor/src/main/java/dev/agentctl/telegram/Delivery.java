package dev.agentctl.telegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentctl.chat.Button;
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
import java.util.function.Consumer;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;

/// Turns a part of a row into a call.
final class Delivery {
    private final BotApi api;
    private final Consumer<OutboxRow> topicGone;

    /// @param topicGone is told where a row's topic has been deleted
    Delivery(BotApi api, Consumer<OutboxRow> topicGone) {
        this.api = api;
        this.topicGone = topicGone;
    }

    /// Calls the server once; a second time only where it refused the formatting or the topic, so that at least the
    /// words arrive.
    ApiAnswer deliver(OutboxRow row, Part part) throws InterruptedException {
        return switch (part) {
            case Part.Words words -> words(row, words);
            case Part.Edit edit -> edit(row, edit);
            case Part.Upload upload -> upload(row, upload);
            case Part.Reaction reaction -> react(row, reaction);
        };
    }

    private ApiAnswer words(OutboxRow row, Part.Words words) throws InterruptedException {
        FormattedText marked = row.repeat() ? words.text().prefixed(Part.REPEAT) : words.text();
        Optional<String> thread = row.to().thread();
        ApiAnswer answer = api.call("sendMessage", message(row, marked, words.buttons(), thread));
        if (thread.isPresent() && isRefused(answer, "thread not found")) {
            topicGone.accept(row);
            thread = Optional.empty();
            answer = api.call("sendMessage", message(row, marked, words.buttons(), thread));
        }
        if (!marked.entities().isEmpty() && isRefused(answer, "entit")) {
            answer = api.call("sendMessage", message(row, FormattedText.plain(marked.text()), words.buttons(), thread));
        }
        return answer;
    }

    private static boolean isRefused(ApiAnswer answer, String because) {
        return answer instanceof ApiAnswer.Refused refused
                && refused.code() == 400
                && refused.description().toLowerCase(Locale.ROOT).contains(because);
    }

    /// The same edit twice is the same message, so that one that may have arrived is repeated without a mark.
    private ApiAnswer edit(OutboxRow row, Part.Edit edit) throws InterruptedException {
        ApiAnswer answer = api.call("editMessageText", changed(row, edit, edit.text()));
        if (!edit.text().entities().isEmpty() && isRefused(answer, "entit")) {
            answer = api.call(
                    "editMessageText",
                    changed(row, edit, FormattedText.plain(edit.text().text())));
        }
        if (isRefused(answer, "not modified")) {
            return new ApiAnswer.Done(JsonNodeFactory.instance.objectNode().put("message_id", edit.messageId()));
        }
        boolean gone = isRefused(answer, "message to edit not found") || isRefused(answer, "can't be edited");
        return gone ? words(row, edit.otherwise()) : answer;
    }

    private static Map<String, Object> changed(OutboxRow row, Part.Edit edit, FormattedText text) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("chat_id", row.to().room());
        message.put("message_id", edit.messageId());
        put(message, text);
        return message;
    }

    private static void put(Map<String, Object> message, FormattedText text) {
        message.put("text", text.text());
        if (!text.entities().isEmpty()) {
            message.put(
                    "entities", text.entities().stream().map(Delivery::entity).toList());
        }
        message.put("link_preview_options", Map.of("is_disabled", true));
    }

    private static Map<String, Object> message(
            OutboxRow row, FormattedText text, List<List<Button>> buttons, Optional<String> thread) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("chat_id", row.to().room());
        thread.ifPresent(id -> message.put("message_thread_id", id));
        put(message, text);
        message.put("disable_notification", isSilent(row.what()));
        if (!buttons.isEmpty()) {
            message.put(
                    "reply_markup",
                    Map.of(
                            "inline_keyboard",
                            buttons.stream().map(Delivery::keys).toList()));
        }
        if (row.what() instanceof Outgoing.Card card && card.wantsReply()) {
            message.put("reply_markup", Map.of("force_reply", true));
        }
        replyTo(row)
                .ifPresent(id ->
                        message.put("reply_parameters", Map.of("message_id", id, "allow_sending_without_reply", true)));
        return message;
    }

    private static List<Map<String, Object>> keys(List<Button> row) {
        return row.stream()
                .map(button -> Map.<String, Object>of("text", button.label(), "callback_data", button.action()))
                .toList();
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
        row.to().thread().flatMap(Part::number).ifPresent(document::setMessageThreadId);
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
                        // none takes away the one that is there
                        reaction.emoji().stream()
                                .map(emoji -> Map.of("type", "emoji", "emoji", emoji))
                                .toList()));
    }

    private static boolean isSilent(Outgoing what) {
        return switch (what) {
            case Outgoing.Text text -> isSilent(text.kind());
            case Outgoing.Card card -> isSilent(card.kind());
            case Outgoing.Live _, Outgoing.Document _, Outgoing.CardChange _, Outgoing.Receipt _ -> true;
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
            case Outgoing.Live _, Outgoing.Receipt _ -> Optional.empty();
        };
        return row.partsSent() > 0 ? Optional.empty() : id.flatMap(Part::number);
    }
}
