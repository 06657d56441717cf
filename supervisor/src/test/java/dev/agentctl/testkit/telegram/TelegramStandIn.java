package dev.agentctl.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentctl.testkit.telegram.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A Bot API server for one bot on a loopback port, which keeps the rules of the real one, and the people who talk to
/// that bot. Waits are for conditions, never for time. Any thread may call.
public final class TelegramStandIn implements AutoCloseable {
    /// The token that it accepts.
    public static final String TOKEN = "7000000001:AAstandInToken_for-tests-only-0123456789";

    private static final long BOT = 7_000_000_001L;

    private final UpdateQueue updates = new UpdateQueue();
    private final ChatRooms rooms = new ChatRooms();
    private final FloodRules flood = new FloodRules();
    private final Faults faults = new Faults();
    private final BotMethods methods = new BotMethods(BOT, updates, rooms, flood);
    private final CallCounts calls = new CallCounts();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private volatile String token = TOKEN;
    private volatile Optional<HttpServer> server = Optional.empty();

    private TelegramStandIn(HttpServer first) {
        port = first.getAddress().getPort();
        run(first);
    }

    public static TelegramStandIn start() {
        return new TelegramStandIn(listen(0));
    }

    /// Where it listens, for `telegram.api_url`.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// A person writes to the bot; in a private chat the chat's id is the person's.
    ///
    /// @return the message's id
    public long sendFromUser(long userId, long chatId, String text) {
        return send(userId, chatId, text, OptionalLong.empty(), _ -> {});
    }

    /// A person replies to a message of the chat.
    ///
    /// @return the new message's id
    public long replyFromUser(long userId, long chatId, long replyTo, String text) {
        return send(userId, chatId, text, OptionalLong.of(replyTo), _ -> {});
    }

    /// A person writes something unusual: `change` gets the message's JSON before it is delivered.
    ///
    /// @return the message's id
    public long sendFromUser(long userId, long chatId, String text, Consumer<ObjectNode> change) {
        return send(userId, chatId, text, OptionalLong.empty(), change);
    }

    /// Delivers any update; its `update_id` is filled in.
    ///
    /// @return the update's id
    public long sendUpdate(ObjectNode update) {
        return updates.add(update);
    }

    /// A person presses a button of a message.
    ///
    /// @return the query's id
    public String pressFromUser(long userId, long chatId, long messageId, String data) {
        ChatMessage message = rooms.find(chatId, messageId).orElseThrow();
        ObjectNode update = ApiRequest.JSON.createObjectNode();
        String id = "query" + messageId + "-" + System.nanoTime();
        ObjectNode query = update.putObject("callback_query").put("id", id).put("data", data);
        query.set("from", MessageJson.person(userId));
        query.set("message", MessageJson.of(message, MessageJson.person(BOT)));
        query.put("chat_instance", "1");
        methods.openQuery(id);
        updates.add(update);
        return id;
    }

    /// Waits for what the bot answers to a pressed button.
    public String awaitAnswer(String query, Duration atMost) throws InterruptedException {
        try {
            return methods.answer(query).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("query " + query + " was not answered within " + atMost, e);
        }
    }

    /// Makes a file that the bot can download.
    ///
    /// @return its `file_id`
    public String addFile(byte[] content) {
        return methods.addFile(content);
    }

    /// All messages of all chats, people's too, in the order of sending.
    public List<ChatMessage> messages() {
        return rooms.all();
    }

    /// What the bot sent, in the order of sending.
    public List<ChatMessage> fromBot() {
        return rooms.all().stream().filter(ChatMessage::fromBot).toList();
    }

    /// Waits for a message that is as wanted, also by a later edit or reaction.
    public ChatMessage awaitMessage(Predicate<ChatMessage> wanted, Duration atMost) {
        return rooms.await(wanted, atMost);
    }

    /// Waits until the bot has sent at least so many messages.
    public List<ChatMessage> awaitFromBot(int count, Duration atMost) {
        return rooms.await(
                all -> Optional.of(all.stream().filter(ChatMessage::fromBot).toList())
                        .filter(sent -> sent.size() >= count),
                atMost,
                count + " messages of the bot");
    }

    /// Waits until the bot polls.
    public void awaitPoll(Duration atMost) {
        updates.awaitPoll(atMost);
    }

    /// Waits until the bot has confirmed every update.
    public void awaitConfirmed(Duration atMost) {
        updates.awaitConfirmed(atMost);
    }

    /// The commands that the bot has set.
    public JsonNode commands() {
        return methods.commands();
    }

    /// How often a method was called, whatever came of it.
    public int calls(String method) {
        return calls.of(method);
    }

    /// Waits until a method was called so often.
    public void awaitCalls(String method, int count, Duration atMost) {
        calls.await(method, count, atMost);
    }

    /// How many calls were made in all.
    public int allCalls() {
        return calls.all();
    }

    /// Waits until so many calls were made in all, or the time is over.
    public void awaitAllCalls(int count, Duration atMost) throws InterruptedException {
        calls.awaitAll(count, atMost);
    }

    public Faults faults() {
        return faults;
    }

    /// Whether the bot is held to the flood rules; off at first.
    public void enforceFloodRules(boolean on) {
        flood.enforce(on);
    }

    /// How many calls were refused for flooding.
    public int floodRefusals() {
        return flood.refused();
    }

    /// Refuses a chat's messages for a time, as after a flood; a call inside it makes it longer.
    public void closeChat(long chatId, Duration time) {
        flood.close(chatId, time);
    }

    /// The next update gets this id, as after a week without any.
    public void restartIdsAt(long id) {
        updates.restartIdsAt(id);
    }

    /// Lets time pass for the updates that wait: they expire after 24 hours.
    public void advance(Duration time) {
        updates.advance(time);
    }

    public void setWebhook(String url) {
        methods.setWebhook(url);
    }

    /// From now on another token is valid, as after a revocation.
    public void revokeToken(String newToken) {
        token = newToken;
    }

    public void blockBot(long chatId) {
        rooms.block(chatId);
    }

    public void unblockBot(long chatId) {
        rooms.unblock(chatId);
    }

    /// The bot may make topics in the chat.
    public void allowTopics(long chatId) {
        rooms.allowTopics(chatId);
    }

    /// Waits until a topic is called so.
    ///
    /// @return its id
    public long awaitTopic(String name, Duration atMost) {
        return rooms.await(_ -> rooms.thread(name), atMost, "topic " + name);
    }

    /// A person deletes a topic.
    public void deleteTopic(long thread) {
        rooms.removeThread(thread);
    }

    /// Makes a topic known.
    public void addThread(long thread) {
        rooms.addThread(thread);
    }

    /// Refuses and ends all connections until [#endOutage].
    public void beginOutage() {
        server.ifPresent(running -> running.stop(0));
        server = Optional.empty();
    }

    public void endOutage() {
        if (server.isEmpty()) {
            run(listen(port));
        }
    }

    @Override
    public void close() {
        beginOutage();
        threads.shutdownNow();
    }

    private long send(long userId, long chatId, String text, OptionalLong replyTo, Consumer<ObjectNode> change) {
        ChatMessage message = new ChatMessage(
                chatId,
                rooms.nextId(),
                OptionalLong.empty(),
                false,
                text,
                List.of(),
                replyTo,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
        rooms.add(message);
        ObjectNode update = ApiRequest.JSON.createObjectNode();
        ObjectNode json = MessageJson.of(message, MessageJson.person(userId));
        replyTo.ifPresent(id -> rooms.find(chatId, id)
                .ifPresent(
                        original -> json.set("reply_to_message", MessageJson.of(original, MessageJson.person(BOT)))));
        change.accept(json);
        update.set("message", json);
        updates.add(update);
        return message.id();
    }

    private static HttpServer listen(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(HttpServer fresh) {
        fresh.setExecutor(threads);
        fresh.createContext("/", this::handle);
        fresh.start();
        server = Optional.of(fresh);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path =
                    exchange.getRequestURI().toString().split("[?]", 2)[0].split("/", 4);
            if (path.length >= 4 && path[1].equals("file")) {
                download(exchange, path[2], path[3]);
            } else if (path.length >= 3 && path[1].startsWith("bot")) {
                call(exchange, path[1].substring("bot".length()), path[2]);
            } else {
                answer(exchange, ApiError.of(404, "Not Found"));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(HttpExchange exchange, String given, String method) throws IOException, InterruptedException {
        calls.add(method);
        switch (faults.take(method)) {
            case Fault.CutBeforeWork() -> {}
            case Fault.Silence() -> new CountDownLatch(1).await();
            case Fault.Slow(Duration time) -> {
                // until then or the end of the server
                if (!new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    work(exchange, given, method, true);
                }
            }
            case Fault.Held(CountDownLatch until) -> {
                until.await();
                work(exchange, given, method, true);
            }
            case Fault.BadGateway() -> {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, 502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>");
            }
            case Fault.Refusal(int code, String description, int retryAfter) -> {
                exchange.getRequestBody().readAllBytes();
                answer(exchange, refusal(code, description, retryAfter));
            }
            case Fault.None() -> work(exchange, given, method, true);
            case Fault.CutAfterBody() -> work(exchange, given, method, false);
        }
    }

    private void work(HttpExchange exchange, String given, String method, boolean isAnswered)
            throws IOException, InterruptedException {
        ApiRequest request = ApiRequest.read(exchange);
        try {
            checkToken(given);
            JsonNode result = methods.call(method, request);
            if (isAnswered) {
                ObjectNode body = ApiRequest.JSON.createObjectNode().put("ok", true);
                body.set("result", result);
                answer(exchange, 200, "application/json", body.toString());
            }
        } catch (ApiError e) {
            answer(exchange, e);
        }
    }

    private void checkToken(String given) throws ApiError {
        if (!given.equals(token)) {
            boolean looksLikeOne = given.matches("\\d+:[\\w-]{30,}");
            throw looksLikeOne ? ApiError.of(401, "Unauthorized") : ApiError.of(404, "Not Found");
        }
    }

    private static ApiError refusal(int code, String description, int retryAfter) {
        return retryAfter > 0 ? ApiError.tooMany(Duration.ofSeconds(retryAfter)) : ApiError.of(code, description);
    }

    private void download(HttpExchange exchange, String bot, String path) throws IOException {
        Optional<byte[]> content = bot.equals("bot" + token) ? methods.file(path) : Optional.empty();
        if (content.isEmpty()) {
            answer(exchange, ApiError.of(404, "Not Found"));
        } else {
            exchange.sendResponseHeaders(200, content.get().length);
            exchange.getResponseBody().write(content.get());
        }
    }

    private static void answer(HttpExchange exchange, ApiError error) throws IOException {
        ObjectNode body = ApiRequest.JSON
                .createObjectNode()
                .put("ok", false)
                .put("error_code", error.code())
                .put("description", error.description());
        error.retryAfter().ifPresent(wait -> body.putObject("parameters").put("retry_after", wait.toSeconds()));
        answer(exchange, error.code(), "application/json", body.toString());
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
