package dev.agentctl.daemon;

import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Role;
import dev.agentctl.chat.Roles;
import dev.agentctl.chat.StateMark;
import dev.agentctl.project.Telegram;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.store.Members;
import dev.agentctl.telegram.Stores;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.telegram.TelegramSettings;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The Telegram chat as it is configured.
final class TelegramSide {
    private TelegramSide() {}

    static TelegramChat start(
            Telegram bot,
            Stores stores,
            IncomingHandler handler,
            Roles roles,
            Supplier<Sessions> sessions,
            Path locks) {
        return TelegramChat.start(settings(bot), stores, handler, roles, () -> titles(sessions.get()), locks);
    }

    private static Map<String, String> titles(Sessions sessions) {
        return sessions.all().stream()
                .map(Session::view)
                .collect(Collectors.toMap(SessionView::name, StateMark::titled));
    }

    /// A folder that every agentctl of this user on this machine finds, whatever its `AGENTCTL_HOME`, for the locks
    /// that keep two of them from polling one bot; the state folder itself where there is none to be trusted.
    static Path locks(Map<String, String> environment, StateFolder folder) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path shared = runtime.isEmpty()
                ? Path.of("/tmp", "agentctl-" + System.getProperty("user.name"))
                : Path.of(runtime, "agentctl");
        try {
            return new StateFolder(shared).prepare().isEmpty() ? shared : folder.path();
        } catch (IOException _) {
            return folder.path();
        }
    }

    /// Who may do what: at the console everything, in Telegram what the configuration says, or the code they joined
    /// with.
    static Roles roles(Optional<Telegram> bot, Members members) {
        return (chat, user) -> {
            if (!chat.equals(TelegramChat.NAME)) {
                return Optional.of(Role.OWNER);
            }
            return bot.flatMap(configured -> configured(configured, user)).or(() -> members.role(chat, user));
        };
    }

    private static Optional<Role> configured(Telegram bot, String user) {
        boolean operator = bot.operators().stream().anyMatch(id -> user.equals(Long.toString(id)));
        boolean owner = bot.owners().stream().anyMatch(id -> user.equals(Long.toString(id)));
        if (owner || (operator && bot.owners().isEmpty())) {
            return Optional.of(Role.OWNER);
        }
        if (operator) {
            return Optional.of(Role.OPERATOR);
        }
        return bot.viewers().stream().anyMatch(id -> user.equals(Long.toString(id)))
                ? Optional.of(Role.VIEWER)
                : Optional.empty();
    }

    static TelegramSettings settings(Telegram bot) {
        return new TelegramSettings(bot.token().reveal(), bot.operators(), bot.chat(), bot.apiUrl());
    }

    /// Whether its last exchange with the server went well.
    static boolean well(TelegramChat chat) {
        return chat.health().equals("telegram: ok");
    }
}
