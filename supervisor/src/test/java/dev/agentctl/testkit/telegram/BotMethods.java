package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The methods of the Bot API. Any thread may call.
final class BotMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_COMMANDS = 100;
    private static final long LARGEST_UPLOAD = 50L * 1024 * 1024;
    private static final int LONGEST_CAPTION = 1024;
    private static final int LONGEST_DATA = 64;
    private static final int LONGEST_TOPIC = 128;
    private static final int LONGEST_ANSWER = 200;
    private static final Set<String> REACTIONS = Set.of(
            "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌",
            "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
            "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗",
            "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷",
            "🤷‍♀", "😡");

    private final long botId;
    private final UpdateQueue updates;
    private final ChatRooms rooms;
    private final FloodRules flood;
    private final Map<String, CompletableFuture<String>> openQueries = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private JsonNode commands = NODES.arrayNode();

    @GuardedBy("this")
    private String webhook = "";

    BotMethods(long botId, UpdateQueue updates, ChatRooms rooms, FloodRules flood) {
        this.botId = botId;
        this.updates = updates;
        this.rooms = rooms;
        this.flood = flood;
    }

    JsonNode call(String method, ApiRequest request) throws ApiError, InterruptedException {
        return switch (method.toLowerCase(Locale.ROOT)) {
            case "getme" -> bot();
            case "getupdates" -> getUpdates(request);
            case "setwebhook" -> setWebhook(request.text("url"));
            case "deletewebhook" -> setWebhook("");
            case "getwebhookinfo" -> NODES.objectNode().put("url", webhook());
            case "sendmessage" -> sendMessage(request);
            case "senddocument" -> sendDocument(request);
            case "editmessagetext" -> editMessageText(request);
            case "deletemessage" -> NODES.booleanNode(rooms.remove(chatId(request), messageId(request)));
            case "setmessagereaction" -> setMessageReaction(request);
            case "setmycommands" -> setMyCommands(request);
            case "getmycommands" -> commands();
            case "answercallbackquery" -> answerCallbackQuery(request);
            case "createforumtopic" -> createForumTopic(request);
            case "editforumtopic" -> editForumTopic(request);
            case "getfile" -> getFile(request);
            case "sendchataction" -> NODES.booleanNode(true);
            default -> throw ApiError.of(404, "Not Found: method not found");
        };
    }

    void openQuery(String id) {
        openQueries.put(id, new CompletableFuture<>());
    }

    /// What the bot answers to a query.
    CompletableFuture<String> answer(String id) {
        return Optional.ofNullable(openQueries.get(id)).orElseThrow();
    }

    /// Stores a file that a person sent.
    String addFile(byte[] content) {
        String id = "file" + files.size();
        files.put(id, content);
        return id;
    }

    Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path.substring(path.lastIndexOf('/') + 1)));
    }

    synchronized JsonNode commands() {
        return commands;
    }

    synchronized JsonNode setWebhook(String url) {
        webhook = url;
        return NODES.booleanNode(true);
    }

    private synchronized String webhook() {
        return webhook;
    }

    private ObjectNode bot() {
        return NODES.objectNode()
                .put("id", botId)
                .put("is_bot", true)
                .put("first_name", "Stand-in")
                .put("username", "standin_bot")
                .put("can_join_groups", true)
                .put("can_read_all_group_messages", false)
                .put("supports_inline_queries", false);
    }

    private JsonNode getUpdates(ApiRequest request) throws ApiError, InterruptedException {
        if (!webhook().isEmpty()) {
            throw ApiError.of(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the"
                            + " webhook first");
        }
        int limit = Math.clamp(request.number("limit").orElse(100), 1, 100);
        Duration timeout =
                Duration.ofSeconds(Math.clamp(request.number("timeout").orElse(0), 0, 50));
        ArrayNode result = NODES.arrayNode();
        result.addAll(updates.poll(request.number("offset").orElse(0), limit, timeout));
        return result;
    }

    private JsonNode sendMessage(ApiRequest request) throws ApiError {
        String text = request.text("text");
        EntityRules.checkText(text);
        List<JsonNode> entities = EntityRules.check(request.json("entities"), text);
        return send(request, text, entities, Optional.empty());
    }

    private JsonNode sendDocument(ApiRequest request) throws ApiError {
        Multipart.Part part =
                request.file("document").orElseThrow(() -> ApiError.badRequest("there is no document in the request"));
        if (part.content().length == 0) {
            throw ApiError.badRequest("file must be non-empty");
        }
        if (part.content().length > LARGEST_UPLOAD) {
            throw ApiError.of(413, "Request Entity Too Large");
        }
        if (request.text("caption").length() > LONGEST_CAPTION) {
            throw ApiError.badRequest("message caption is too long");
        }
        return send(
                request,
                "",
                List.of(),
                Optional.of(new ChatMessage.Document(
                        part.fileName().orElse("file"), part.content(), request.text("caption"))));
    }

    private JsonNode send(
            ApiRequest request, String text, List<JsonNode> entities, Optional<ChatMessage.Document> document)
            throws ApiError {
        long chatId = chatId(request);
        OptionalLong thread = request.number("message_thread_id");
        rooms.checkReachable(chatId, thread);
        OptionalLong replyTo = replyTo(request, chatId);
        flood.check(chatId);
        ChatMessage message = new ChatMessage(
                chatId,
                rooms.nextId(),
                thread,
                true,
                text,
                entities,
                replyTo,
                request.flag("disable_notification"),
                document,
                Optional.empty(),
                keyboard(request));
        rooms.add(message);
        return MessageJson.of(message, bot());
    }

    private static List<List<ChatMessage.Key>> keyboard(ApiRequest request) throws ApiError {
        List<List<ChatMessage.Key>> keyboard = new ArrayList<>();
        for (JsonNode row : request.json("reply_markup").path("inline_keyboard")) {
            List<ChatMessage.Key> keys = new ArrayList<>();
            for (JsonNode key : row) {
                String data = key.path("callback_data").asText();
                int bytes = data.getBytes(StandardCharsets.UTF_8).length;
                if (bytes < 1 || bytes > LONGEST_DATA) {
                    throw ApiError.badRequest("BUTTON_DATA_INVALID");
                }
                if (key.path("text").asText().isBlank()) {
                    throw ApiError.badRequest("can't parse inline keyboard button: Text buttons are unallowed");
                }
                keys.add(new ChatMessage.Key(key.path("text").asText(), data));
            }
            keyboard.add(List.copyOf(keys));
        }
        return List.copyOf(keyboard);
    }

    private OptionalLong replyTo(ApiRequest request, long chatId) throws ApiError {
        JsonNode reply = request.json("reply_parameters");
        if (!reply.has("message_id")) {
            return OptionalLong.empty();
        }
        long id = reply.path("message_id").asLong();
        if (rooms.find(chatId, id).isPresent()) {
            return OptionalLong.of(id);
        }
        if (reply.path("allow_sending_without_reply").asBoolean()) {
            return OptionalLong.empty();
        }
        throw ApiError.badRequest("message to be replied not found");
    }

    private JsonNode editMessageText(ApiRequest request) throws ApiError {
        String text = request.text("text");
        EntityRules.checkText(text);
        List<JsonNode> entities = EntityRules.check(request.json("entities"), text);
        ChatMessage message = message(request, "message to edit not found");
        if (!message.fromBot()) {
            throw ApiError.badRequest("message can't be edited");
        }
        List<List<ChatMessage.Key>> keyboard = keyboard(request);
        if (message.text().equals(text)
                && message.entities().equals(entities)
                && message.keyboard().equals(keyboard)) {
            throw ApiError.badRequest("message is not modified: specified new message content and reply markup are"
                    + " exactly the same as a current content and reply markup of the message");
        }
        flood.check(message.chatId());
        rooms.change(message, each -> each.withText(text, entities, keyboard));
        return MessageJson.of(message.withText(text, entities, keyboard), bot());
    }

    private JsonNode setMessageReaction(ApiRequest request) throws ApiError {
        ChatMessage message = message(request, "message to react not found");
        JsonNode reactions = request.json("reaction");
        if (reactions.size() > 1) {
            throw ApiError.badRequest("REACTIONS_TOO_MANY");
        }
        Optional<String> emoji = Optional.ofNullable(reactions.get(0))
                .map(reaction -> reaction.path("emoji").asText());
        if (emoji.isPresent() && !REACTIONS.contains(emoji.get())) {
            throw ApiError.badRequest("REACTION_INVALID");
        }
        flood.check(message.chatId());
        rooms.change(message, each -> each.withReaction(emoji));
        return NODES.booleanNode(true);
    }

    private synchronized JsonNode setMyCommands(ApiRequest request) throws ApiError {
        JsonNode wanted = request.json("commands");
        if (wanted.size() > MOST_COMMANDS) {
            throw ApiError.badRequest("BOT_COMMANDS_TOO_MUCH");
        }
        for (JsonNode command : wanted) {
            if (!command.path("command").asText().matches("[a-z0-9_]{1,32}")) {
                throw ApiError.badRequest("BOT_COMMAND_INVALID");
            }
            int length = command.path("description").asText().length();
            if (length < 1 || length > 256) {
                throw ApiError.badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
            }
        }
        commands = wanted;
        return NODES.booleanNode(true);
    }

    private JsonNode answerCallbackQuery(ApiRequest request) throws ApiError {
        String text = request.text("text");
        if (text.length() > LONGEST_ANSWER) {
            throw ApiError.badRequest("MESSAGE_TOO_LONG");
        }
        CompletableFuture<String> open = openQueries.get(request.text("callback_query_id"));
        if (open == null || !open.complete(text)) {
            throw ApiError.badRequest("query is too old and response timeout expired or query ID is invalid");
        }
        return NODES.booleanNode(true);
    }

    private JsonNode createForumTopic(ApiRequest request) throws ApiError {
        long chatId = chatId(request);
        String name = topicName(request);
        if (!rooms.hasTopics(chatId)) {
            throw chatId < 0
                    ? ApiError.badRequest("the chat is not a forum")
                    : ApiError.of(403, "Forbidden: BOT_FORUM_CREATE_FORBIDDEN");
        }
        flood.check(chatId);
        long thread = rooms.nextId();
        rooms.nameThread(thread, name);
        return NODES.objectNode()
                .put("message_thread_id", thread)
                .put("name", name)
                .put("icon_color", 7322096);
    }

    private JsonNode editForumTopic(ApiRequest request) throws ApiError {
        long thread = request.number("message_thread_id").orElse(0);
        rooms.checkReachable(chatId(request), OptionalLong.of(thread));
        flood.check(chatId(request));
        if (!rooms.nameThread(thread, topicName(request))) {
            throw ApiError.badRequest("TOPIC_NOT_MODIFIED");
        }
        return NODES.booleanNode(true);
    }

    private static String topicName(ApiRequest request) throws ApiError {
        String name = request.text("name");
        if (name.isBlank() || name.length() > LONGEST_TOPIC) {
            throw ApiError.badRequest("TOPIC_TITLE_INVALID");
        }
        return name;
    }

    private JsonNode getFile(ApiRequest request) throws ApiError {
        String id = request.text("file_id");
        byte[] content = files.get(id);
        if (content == null) {
            throw ApiError.badRequest("wrong file_id or the file is temporarily unavailable");
        }
        return NODES.objectNode()
                .put("file_id", id)
                .put("file_unique_id", "unique" + id)
                .put("file_size", content.length)
                .put("file_path", "documents/" + id);
    }

    private ChatMessage message(ApiRequest request, String unknown) throws ApiError {
        return rooms.find(chatId(request), messageId(request)).orElseThrow(() -> ApiError.badRequest(unknown));
    }

    private static long messageId(ApiRequest request) throws ApiError {
        return request.number("message_id")
                .orElseThrow(() -> ApiError.badRequest("message identifier is not specified"));
    }

    private static long chatId(ApiRequest request) throws ApiError {
        return request.number("chat_id").orElseThrow(() -> ApiError.badRequest("chat_id is empty"));
    }
}
