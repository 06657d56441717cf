package dev.agentctl.telegram;

import dev.agentctl.chat.Role;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.Settings;
import dev.agentctl.store.Topics;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A process with nothing but the chat, made to be killed. Its handler appends each message's key and text to the
/// file `handled`.
final class KillableChat {
    private KillableChat() {}

    /// Runs until it is killed.
    ///
    /// @param arguments folder of its files, address of the server
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        TelegramSettings settings = new TelegramSettings(
                TelegramStandIn.TOKEN,
                List.of(ChatUnderTest.OPERATOR),
                ChatUnderTest.OPERATOR,
                URI.create(arguments[1]));
        InstantSource clock = InstantSource.system();
        Database database = Database.open(folder.resolve("state.db"));
        Stores stores = new Stores(
                new Inbox(database, clock),
                new Outbox(database, clock, settings.address()),
                new Audit(database, clock),
                new Topics(database),
                new Members(database, clock),
                new Settings(database));
        TelegramChat chat = TelegramChat.start(
                settings,
                stores,
                message -> append(folder.resolve("handled"), message.key() + " " + message.text() + "\n"),
                (_, _) -> Optional.of(Role.OWNER),
                Map::of,
                folder.resolve("locks"),
                ChatUnderTest.FAST,
                new PollBackOff(ChatUnderTest.FAST));
        new CountDownLatch(1).await();
        chat.close();
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
