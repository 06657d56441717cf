package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.PromptBook;
import dev.agentctl.chat.StoredPrompt;
import dev.agentctl.session.Memory;
import dev.agentctl.session.Message.Stage;
import dev.agentctl.testkit.FailingCalls;
import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Plays a supervisor's day on its state file, while the n-th call on files fails: a start, a message in, its way to
/// the agent, an approval, a message out. What was acknowledged is there afterwards, whatever failed.
final class FailingStore {
    private static final ChatAddress HERE = ChatAddress.of("test", "1");
    private static final List<String> TOGETHER = List.of("one", "two", "three");
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path folder;
    private final Path file;
    private final boolean lasting;
    private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());

    private FailingStore(Path folder, boolean lasting) {
        this.folder = folder;
        this.file = folder.resolve("state.db");
        this.lasting = lasting;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FaultSweep.play(arguments, (faults, n, lasting, folder) -> new FailingStore(folder, lasting).play(faults, n));
    }

    /// @return how many calls there were
    private long play(FailingCalls faults, long n) throws InterruptedException {
        try (Database before = Database.open(file)) {
            new MessageTable(before, CLOCK).add("a", "before", Optional.empty(), "before");
            accepted.add("message before");
        }
        long calls;
        FaultSweep.arm(faults, n, lasting, folder);
        try (Database database = Database.open(file)) {
            day(database);
            calls = faults.calls();
            faults.disarm(folder);
            // it goes on without help
            new MessageTable(database, CLOCK).add("a", "after", Optional.empty(), "after");
            accepted.add("message after");
        } catch (StoreException start) {
            calls = faults.calls();
            faults.disarm(folder);
        }
        try (Database database = Database.open(file)) {
            verify(database, n);
        }
        return calls;
    }

    private void day(Database database) throws InterruptedException {
        MessageTable queue = new MessageTable(database, CLOCK);
        Inbox inbox = new Inbox(database, CLOCK);
        PromptTable prompts = new PromptTable(database, CLOCK);
        Outbox outbox = new Outbox(database, CLOCK, HERE);
        act("update", () -> inbox.store("bot", List.of(new Inbox.Update(7, "{\"text\":\"x\"}"))));
        act("message in", () -> queue.add("a", "in", Optional.empty(), "in"));
        act("typed", () -> queue.claim(queue.pending("a").getFirst().id(), Stage.TYPED));
        act("memory", () -> new SessionTable(database).save("a", Memory.BLANK));
        PromptBook.Opening opening =
                new PromptBook.Opening("a", 1, "key", "{}", Instant.now().plusSeconds(60), false);
        act("prompt", () -> prompts.open(opening));
        act(
                "decided",
                () -> prompts.settle(
                        prompts.open(opening).id(), StoredPrompt.State.DECIDED, Optional.of("allow"), "ann"));
        long[] row = new long[1];
        act("message out", () -> row[0] = outbox.add(out()));
        act("attempt", () -> outbox.attempt(row[0]));
        act("sent", () -> {
            if (row[0] == 0) {
                throw new IllegalStateException("nothing is to be sent");
            }
            outbox.sent(row[0], "1");
        });
        act("audit", () -> new Audit(database, CLOCK).record("test", "1", "act", "done"));
        List<Runnable> together = TOGETHER.stream()
                .<Runnable>map(key -> () -> {
                    queue.add("a", key, Optional.empty(), key);
                    accepted.add("message " + key);
                })
                .toList();
        assertThat(TogetherWaiting.run(database, together)).allMatch(StoreException.class::isInstance);
    }

    private static Outgoing out() {
        return new Outgoing.Text(Outgoing.Kind.FINAL, Optional.of(HERE), Optional.of("a"), "out", Optional.empty());
    }

    /// Where one call fails, the same again must succeed.
    private void act(String what, Runnable act) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                act.run();
                accepted.add(what);
                return;
            } catch (StoreException e) {
                assertThat(lasting || attempt == 0)
                        .as("%s: %s", what, e.getMessage())
                        .isTrue();
            } catch (RuntimeException e) {
                // what it builds on was refused
                assertThat(lasting).as("%s: %s", what, e).isTrue();
            }
        }
    }

    private void verify(Database database, long n) {
        String sound = database.transact(
                connection -> Sql.first(connection, row -> row.text("integrity_check"), "PRAGMA integrity_check")
                        .orElse(""));
        assertThat(sound).isEqualTo("ok");
        List<String> found = new ArrayList<>(List.of("attempt"));
        MessageTable queue = new MessageTable(database, CLOCK);
        for (String key : Stream.concat(Stream.of("before", "in", "after"), TOGETHER.stream())
                .toList()) {
            queue.delivery(key).ifPresent(delivery -> {
                found.add("message " + key);
                if (delivery.message().stage() == Stage.TYPED) {
                    found.add("typed");
                }
            });
        }
        if (new Inbox(database, CLOCK).nextOffset("bot") == 8) {
            found.add("update");
        }
        new PromptTable(database, CLOCK).find("a", "key").ifPresent(prompt -> {
            found.add("prompt");
            if (prompt.state() == StoredPrompt.State.DECIDED
                    && prompt.decision().equals(Optional.of("allow"))) {
                found.add("decided");
            }
        });
        Outbox outbox = new Outbox(database, CLOCK, HERE);
        if (outbox.sessionOf(HERE, "1").isPresent()) {
            found.addAll(List.of("sent", "message out"));
        } else if (!outbox.waiting("test").isEmpty()) {
            found.add("message out");
        }
        Map<String, Memory> memories = new SessionTable(database).all();
        if (memories.containsKey("a")) {
            found.add("memory");
        }
        if (!new Audit(database, CLOCK).list(1).isEmpty()) {
            found.add("audit");
        }
        assertThat(found).as("after call %d failed", n).containsAll(accepted);
    }
}
