package dev.agentctl.testkit.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// All messages of all chats, in the order of sending. Any thread may call.
final class ChatRooms {
    @GuardedBy("this")
    private final List<ChatMessage> messages = new ArrayList<>();

    @GuardedBy("this")
    private final Set<Long> blocked = new HashSet<>();

    @GuardedBy("this")
    private final Map<Long, String> threads = new HashMap<>();

    @GuardedBy("this")
    private final Set<Long> forums = new HashSet<>();

    @GuardedBy("this")
    private long lastId = 100;

    synchronized long nextId() {
        return ++lastId;
    }

    synchronized void add(ChatMessage message) {
        messages.add(message);
        notifyAll();
    }

    synchronized List<ChatMessage> all() {
        return List.copyOf(messages);
    }

    synchronized Optional<ChatMessage> find(long chatId, long id) {
        return messages.stream()
                .filter(message -> message.chatId() == chatId && message.id() == id)
                .findFirst();
    }

    synchronized void change(ChatMessage message, UnaryOperator<ChatMessage> change) {
        messages.replaceAll(
                each -> each.chatId() == message.chatId() && each.id() == message.id() ? change.apply(each) : each);
        notifyAll();
    }

    synchronized boolean remove(long chatId, long id) {
        return messages.removeIf(message -> message.chatId() == chatId && message.id() == id);
    }

    synchronized void block(long chatId) {
        blocked.add(chatId);
    }

    synchronized void unblock(long chatId) {
        blocked.remove(chatId);
    }

    synchronized void addThread(long thread) {
        threads.put(thread, "");
    }

    synchronized void allowTopics(long chatId) {
        forums.add(chatId);
    }

    synchronized boolean hasTopics(long chatId) {
        return forums.contains(chatId);
    }

    synchronized void removeThread(long thread) {
        threads.remove(thread);
    }

    /// Names a topic; says whether that is a change.
    synchronized boolean nameThread(long thread, String name) {
        boolean changed = !name.equals(threads.put(thread, name));
        notifyAll();
        return changed;
    }

    synchronized Optional<Long> thread(String name) {
        return threads.entrySet().stream()
                .filter(each -> each.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    synchronized void checkReachable(long chatId, OptionalLong thread) throws ApiError {
        if (blocked.contains(chatId)) {
            throw ApiError.of(403, "Forbidden: bot was blocked by the user");
        }
        if (thread.isPresent() && !threads.containsKey(thread.getAsLong())) {
            throw ApiError.badRequest("message thread not found");
        }
    }

    /// Waits until there are messages that satisfy the condition together.
    synchronized <T> T await(Search<T> condition, Duration atMost, String what) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> result = condition.apply(List.copyOf(messages));
            if (result.isPresent()) {
                return result.get();
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + what + " within " + atMost + "; there are " + messages);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    ChatMessage await(Predicate<ChatMessage> wanted, Duration atMost) {
        return await(all -> all.stream().filter(wanted).findFirst(), atMost, "such message");
    }

    /// What is looked for among all messages.
    @FunctionalInterface
    interface Search<T> {
        Optional<T> apply(List<ChatMessage> messages);
    }
}
