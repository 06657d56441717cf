package dev.agentctl.telegram;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.store.OutboxRow;
import dev.agentctl.store.Topics;
import dev.agentctl.store.Topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Gives each session a topic of its own where the bot may make topics: in a private chat with topics switched on, or
/// in a forum group where it may manage them. The topic's name shows the session's state. Elsewhere everything goes to
/// the chat itself, with the session's name before it. For the sender's thread.
///
/// Whether it may is only known by trying, and is tried again from time to time.
final class TopicKeeper {
    private static final Duration TRY_AGAIN = Duration.ofHours(6);
    private static final int LONGEST_TITLE = 128;

    private final BotApi api;
    private final Topics topics;
    private final Supplier<Map<String, String>> titles;
    private final Map<String, Instant> without = new HashMap<>();

    /// @param titles what each session's topic is to be called now
    TopicKeeper(BotApi api, Topics topics, Supplier<Map<String, String>> titles) {
        this.api = api;
        this.topics = topics;
        this.titles = titles;
    }

    /// What came of a search for a row's place.
    sealed interface Place {
        /// Send it so.
        record There(OutboxRow row) implements Place {}

        /// A topic could not be made just now; the row's turn comes again.
        record NotNow(ApiAnswer answer) implements Place {}
    }

    /// The row in its session's topic, if it is news of one and the room has topics; what answers a command stays where
    /// that was written.
    Place place(OutboxRow row, Runnable beforeCall, Instant now) throws InterruptedException {
        Optional<String> session = row.to().thread().isPresent() ? Optional.empty() : newsOf(row.what());
        if (session.isEmpty()
                || without.getOrDefault(row.to().room(), Instant.MIN).isAfter(now)) {
            return new Place.There(row);
        }
        Optional<Topic> topic = topics.find(row.to(), session.get());
        if (topic.isPresent()) {
            return new Place.There(row.in(topic.get().thread()));
        }
        beforeCall.run();
        String title = title(session.get());
        ApiAnswer answer =
                api.call("createForumTopic", Map.of("chat_id", row.to().room(), "name", title));
        return switch (answer) {
            case ApiAnswer.Done(var result) -> {
                String thread = result.path("message_thread_id").asText();
                topics.save(row.to(), session.get(), new Topic(thread, title));
                yield new Place.There(row.in(thread));
            }
            case ApiAnswer.Refused refused
            when refused.retryAfter().isEmpty() && refused.code() / 100 == 4 && refused.code() != 401 -> {
                without.put(row.to().room(), now.plus(TRY_AGAIN));
                yield new Place.There(row);
            }
            case ApiAnswer.Refused _, ApiAnswer.Garbled _, ApiAnswer.NotSent _, ApiAnswer.NoAnswer _ ->
                new Place.NotNow(answer);
        };
    }

    /// A person has deleted the topic; the next news makes a new one.
    void gone(OutboxRow row) {
        newsOf(row.what()).ifPresent(session -> topics.forget(row.to(), session));
    }

    /// Renames one topic whose session's state has changed.
    ///
    /// @return whether there was one
    boolean rename(ChatAddress room) throws InterruptedException {
        for (Map.Entry<String, String> wanted : titles.get().entrySet()) {
            Optional<Topic> topic = topics.find(room, wanted.getKey());
            String title = cut(wanted.getValue());
            if (topic.isPresent() && !topic.get().title().equals(title)) {
                ApiAnswer answer = api.call(
                        "editForumTopic",
                        Map.of(
                                "chat_id",
                                room.room(),
                                "message_thread_id",
                                topic.get().thread(),
                                "name",
                                title));
                noteRenamed(room, wanted.getKey(), new Topic(topic.get().thread(), title), answer);
                return true;
            }
        }
        return false;
    }

    private void noteRenamed(ChatAddress room, String session, Topic topic, ApiAnswer answer) {
        switch (answer) {
            case ApiAnswer.Done _ -> topics.save(room, session, topic);
            case ApiAnswer.Refused refused
            when refused.description().contains("not found")
                    || refused.description().contains("INVALID") -> topics.forget(room, session);
            // it is called so already, or may not be renamed: either way there is nothing more to do
            case ApiAnswer.Refused refused when refused.retryAfter().isEmpty() -> topics.save(room, session, topic);
            case ApiAnswer.Refused _, ApiAnswer.Garbled _, ApiAnswer.NotSent _, ApiAnswer.NoAnswer _ -> {}
        }
    }

    private String title(String session) {
        return cut(titles.get().getOrDefault(session, session));
    }

    private static String cut(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
    }

    private static Optional<String> newsOf(Outgoing what) {
        return switch (what) {
            case Outgoing.Text text ->
                text.kind() == Kind.REPLY && text.replyTo().isPresent() ? Optional.empty() : text.session();
            case Outgoing.Card card -> card.replyTo().isPresent() ? Optional.empty() : card.session();
            case Outgoing.Document document -> document.replyTo().isPresent() ? Optional.empty() : document.session();
            case Outgoing.Live live -> live.session();
            case Outgoing.CardChange change -> change.session();
            case Outgoing.Receipt _ -> Optional.empty();
        };
    }
}
