package dev.agentctl.daemon;

import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.project.Telegram;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Outbox;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.telegram.TelegramSettings;
import dev.agentctl.wire.StateFolder;
import java.time.InstantSource;

/// The Telegram chat as it is configured.
final class TelegramSide {
    private TelegramSide() {}

    static TelegramChat start(
            Telegram bot,
            Database database,
            Outbox outbox,
            Audit audit,
            IncomingHandler handler,
            InstantSource clock,
            StateFolder folder) {
        return TelegramChat.start(settings(bot), new Inbox(database, clock), outbox, audit, handler, folder.path());
    }

    static TelegramSettings settings(Telegram bot) {
        return new TelegramSettings(bot.token().reveal(), bot.operators(), bot.chat(), bot.apiUrl());
    }

    /// Whether its last exchange with the server went well.
    static boolean well(TelegramChat chat) {
        return chat.health().equals("telegram: ok");
    }
}
