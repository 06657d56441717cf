package dev.agentctl.bench;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Role;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.Settings;
import dev.agentctl.store.Topics;
import dev.agentctl.telegram.Stores;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.telegram.TelegramSettings;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What durability costs the chat: from an update at the server, over its stored row, to the handler; and one commit of
/// a row, which every message and every answer is.
final class ChatMeasurement implements Measurement {
    private static final double NANOS = 1e6;
    private static final long SOON = 30;

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        Path place = Files.createDirectories(bed.root().resolve(".build/bench"));
        Path folder = Files.createTempDirectory(place, "chat");
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Samples updates = updates(database, folder, bed.samples(500, 100));
            Samples commits = commits(database, bed.samples(2_000, 300));
            return List.of(
                    Result.plain("update at the server (stand-in) -> handler, ms", "-", updates.tails()),
                    Result.plain("commit of one row (SQLite, WAL, FULL), ms", "-", commits.fineTails()));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static Samples updates(Database database, Path folder, int count) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        Samples samples = new Samples();
        try (TelegramStandIn telegram = TelegramStandIn.start()) {
            TelegramSettings settings = new TelegramSettings(
                    TelegramStandIn.TOKEN, List.of(Agentctl.OPERATOR), Agentctl.OPERATOR, telegram.url());
            Stores stores = new Stores(
                    new Inbox(database, clock),
                    new Outbox(database, clock, ChatAddress.of(TelegramChat.NAME, "1")),
                    new Audit(database, clock),
                    new Topics(database),
                    new Members(database, clock),
                    new Settings(database));
            try (TelegramChat _ = TelegramChat.start(
                    settings,
                    stores,
                    _ -> handled.add(System.nanoTime()),
                    (_, _) -> Optional.of(Role.OWNER),
                    Map::of,
                    folder)) {
                for (int i = 0; i <= count; i++) {
                    long sent = System.nanoTime();
                    telegram.sendFromUser(Agentctl.OPERATOR, Agentctl.OPERATOR, "message " + i);
                    Long at = handled.poll(SOON, TimeUnit.SECONDS);
                    double millis = at == null ? Double.NaN : (at - sent) / NANOS;
                    if (i == 0) {
                        samples.addFirst(millis);
                    } else {
                        samples.add(millis);
                    }
                }
            }
        }
        return samples;
    }

    private static Samples commits(Database database, int count) {
        Outbox outbox = new Outbox(database, InstantSource.system(), ChatAddress.of("bench", "1"));
        Samples samples = new Samples();
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            outbox.add(new Outgoing.Text(
                    Outgoing.Kind.REPLY, Optional.empty(), Optional.of("a"), "answer " + i, Optional.empty()));
            samples.add((System.nanoTime() - begin) / NANOS);
        }
        return samples;
    }
}
