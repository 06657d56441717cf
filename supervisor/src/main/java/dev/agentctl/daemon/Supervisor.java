package dev.agentctl.daemon;

import dev.agentctl.agent.Environment;
import dev.agentctl.chat.Chat;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.ChatRouter;
import dev.agentctl.chat.Deletion;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.OperatorDesk;
import dev.agentctl.chat.ProjectFiles;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.chat.Roles;
import dev.agentctl.chat.ScreenShots;
import dev.agentctl.chat.SessionNews;
import dev.agentctl.console.ConsoleChat;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlServer;
import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.HostedSession;
import dev.agentctl.project.Configuration;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.Project;
import dev.agentctl.project.Telegram;
import dev.agentctl.project.Verbosity;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Surroundings;
import dev.agentctl.store.Database;
import dev.agentctl.telegram.Stores;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.telegram.TelegramStartException;
import dev.agentctl.tools.ToolSite;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The supervisor role, built from its parts: the state file, the tools' server, the host, the sessions, the chats,
/// the control socket, in this order, and stopped in the reverse one.
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int STARTING_SECONDS = 20;

    private final Map<String, String> environment;
    private final Path home;
    private final AtomicReference<Configuration> configuration;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Ending ending = new Ending();
    private final InstantSource clock = InstantSource.system();
    private final CompletableFuture<Sessions> built = new CompletableFuture<>();
    private final HostLink host;
    private @Nullable TelegramChat telegram;

    private Supervisor(Configuration configuration, StateFolder folder, Map<String, String> environment, Path home) {
        this.configuration = new AtomicReference<>(configuration);
        this.environment = environment;
        this.home = home;
        this.host = new HostLink(
                folder.hostSocket(), () -> RoleLaunch.HOST.start(folder, Environment.inheritable(environment)));
    }

    /// Builds and starts everything. Call only while holding the supervisor's lock.
    ///
    /// @throws IOException in one line, if a part cannot be had
    ///
    /// @param failed why its successor failed, where this is one to which that went back; else empty
    /// @param inherit whether a former program of this process has left its socket
    static Supervisor open(
            Configuration configuration,
            StateFolder folder,
            Map<String, String> environment,
            Path home,
            String failed,
            boolean inherit)
            throws IOException, InterruptedException {
        Supervisor supervisor = new Supervisor(configuration, folder, environment, home);
        try {
            supervisor.build(folder, failed, inherit);
            return supervisor;
        } catch (IOException | InterruptedException | RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    private void build(StateFolder folder, String failed, boolean inherit) throws IOException, InterruptedException {
        Tables tables = Tables.of(part(Database.open(folder.database())), clock);
        Masking masking = new Masking(() -> configuration.get().secrets());
        PostOffice post = new PostOffice(tables.outbox(), tables.once(), addresses(), tables.mutes(), quiet(), masking);
        Tools tools = new Tools(this::sessions, tables.bridges(), this::reachable);
        OperatorDesk desk = new OperatorDesk(tables.questions(), tables.buttons(), post, tools::context, tools, clock);
        ToolPort port = part(ToolPort.open(
                configuration.get().mcp().port(),
                tables.settings(),
                new ToolSite(
                        tools,
                        desk,
                        new SeenSessions(this::sessions, post, masking),
                        tools,
                        tables.calls(),
                        configuration.get().mcp().toolPrefix())));
        ScheduledExecutorService timers = timers();
        parts.add(host);
        PromptDesk prompts = new PromptDesk(tables.prompts(), tables.buttons(), post, clock, timers);
        prompts.recover();
        Sessions sessions = superviseSessions(
                new Surroundings(
                        folder,
                        host,
                        tables.sessions(),
                        tables.queue(),
                        new SessionNews(post, tables.buttons(), this::verbosity, timers, clock),
                        prompts,
                        timers,
                        clock,
                        port::port,
                        childEnvironment(),
                        HookScript.install(folder.path())),
                desk);
        Deletion deletion = new Deletion(sessions, post);
        ConsoleChat console = openChats(folder, tables, post, masking, prompts, deletion);
        Chores chores = new Chores(timers);
        beginChores(chores, tables, desk, post);
        RemoteSide remote = part(new RemoteSide(configuration.get().mcp().remote(), tables.remoteTokens(), clock));
        ControlDesk control = new ControlDesk(
                sessions,
                new StatusDesk(sessions, host, () -> notices(port, remote)),
                new Orders(sessions, ending::stopsAll),
                console,
                deletion,
                new PromptAnswers(prompts, tables.questions(), desk),
                session -> port.port() + " " + tools.open(session),
                tables.audit(),
                new MemberDesk(
                        tables.members(), () -> configuration.get().telegram().isPresent()),
                remote,
                configuration.get().file(),
                this::reload,
                keepAgents -> ending.begin(sessions, host::shutDown, keepAgents));
        FleetDesk fleet =
                new FleetDesk(sessions, control::answered, tables.questions(), desk, prompts, tables.audit(), masking);
        remote.open(fleet, () -> host.host().isPresent(), () -> fleet.look(tables.tallies()));
        chores.listen(port, remote);
        part(ControlServer.open(
                folder.supervisorSocket(),
                control,
                new Succession(new Replacement(folder, failed, this::close), folder.handOver("supervisor")),
                inherit));
    }

    private Optional<Quiet> quiet() {
        return configuration
                .get()
                .telegram()
                .flatMap(bot -> bot.quietHours()
                        .map(hours ->
                                new Quiet(TelegramSide.settings(bot).address(), hours, clock, ZoneId.systemDefault())));
    }

    private ScheduledExecutorService timers() {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("timers").factory());
        parts.add(timers::shutdownNow);
        return timers;
    }

    private Sessions superviseSessions(Surroundings around, OperatorDesk desk)
            throws IOException, InterruptedException {
        Sessions sessions = part(new Sessions(around, desk));
        sessions.load(configuration.get().projects());
        built.complete(sessions);
        host.open(sessions);
        sessions.autostart();
        return sessions;
    }

    private ConsoleChat openChats(
            StateFolder folder,
            Tables tables,
            PostOffice post,
            Masking masking,
            PromptDesk prompts,
            Deletion deletion) {
        Optional<Telegram> bot = configuration.get().telegram();
        Roles roles = TelegramSide.roles(bot, tables.members());
        ChatRouter router = new ChatRouter(
                sessions(),
                post,
                tables.outbox(),
                tables.audit()::record,
                new ProjectFiles(),
                deletion,
                tables.buttons(),
                prompts,
                tables.questions(),
                tables.mutes(),
                new ScreenShots(folder.path().resolve("pictures"), chat -> !chat.equals(ConsoleChat.NAME), masking),
                roles,
                clock);
        ConsoleChat console = connect(post, new ConsoleChat(tables.outbox(), router, clock));
        if (bot.isPresent()) {
            Stores stores = new Stores(
                    tables.inbox(),
                    tables.outbox(),
                    tables.audit(),
                    tables.topics(),
                    tables.members(),
                    tables.settings());
            Path locks = TelegramSide.locks(environment, folder);
            try {
                telegram = connect(post, TelegramSide.start(bot.get(), stores, router, roles, this::sessions, locks));
            } catch (TelegramStartException e) {
                // the sessions and the console do without it; status says so
                warnings.add(String.valueOf(e.getMessage()));
            }
        }
        return console;
    }

    private void beginChores(Chores chores, Tables tables, OperatorDesk desk, PostOffice post) {
        chores.watchQuestions(desk);
        quiet().ifPresent(hours -> chores.tellWhatCame(hours, tables, post));
        chores.forgetOld(tables, clock);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.add(part);
        return part;
    }

    private <T extends Chat> T connect(PostOffice post, T chat) {
        part(chat);
        post.connect(chat);
        return chat;
    }

    /// Agents that run call from the moment the port is open: they wait until their sessions are known.
    private Sessions sessions() {
        try {
            // an agent that has waited for us asks as soon as we listen, and does not ask often
            return built.copy().orTimeout(STARTING_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the supervisor is still starting", e);
        }
    }

    private List<ChatAddress> addresses() {
        List<ChatAddress> addresses = new ArrayList<>(List.of(ConsoleChat.ADDRESS));
        configuration
                .get()
                .telegram()
                .ifPresent(bot -> addresses.add(TelegramSide.settings(bot).address()));
        return addresses;
    }

    /// What children inherit: never the bot's token, under whatever name it came.
    private Map<String, String> childEnvironment() {
        Map<String, String> inherited = new HashMap<>(Environment.inheritable(environment));
        configuration
                .get()
                .telegram()
                .ifPresent(bot -> inherited
                        .values()
                        .removeIf(value -> value.equals(bot.token().reveal())));
        return inherited;
    }

    private Verbosity verbosity(String session) {
        return configuration.get().project(session).map(Project::verbosity).orElse(Verbosity.STEPS);
    }

    private boolean reachable() {
        TelegramChat chat = telegram;
        return chat == null || TelegramSide.well(chat);
    }

    private List<String> notices(ToolPort port, RemoteSide remote) {
        List<String> notices = new ArrayList<>(warnings);
        port.notice().ifPresent(notices::add);
        remote.notice().ifPresent(notices::add);
        for (HostedSession stray : sessions().strays()) {
            if (sessions().find(stray.name()).isEmpty()) {
                notices.add("process " + stray.pid() + " of '" + stray.name() + "', which is no longer configured, may"
                        + " still run; configure it again, or end it with: kill " + stray.pid());
            }
        }
        TelegramChat chat = telegram;
        if (chat != null && !TelegramSide.well(chat)) {
            notices.add(chat.health());
        }
        return notices;
    }

    private ControlReply reload(boolean apply) {
        Configuration before = configuration.get();
        ConfigurationResult read = new ConfigurationReader().read(before.file(), environment, home);
        return switch (read) {
            case ConfigurationResult.Valid(Configuration after, List<String> _) -> {
                configuration.set(after);
                yield new ControlReply.Outcomes(Reload.apply(sessions(), before, after, apply));
            }
            case ConfigurationResult.Invalid(var problems) ->
                new ControlReply.Outcomes(problems.stream()
                        .map(problem -> new Outcome("", ExitCode.ERROR, problem.toString()))
                        .toList());
        };
    }

    /// At a signal. One that comes while everything is being stopped asks for the same, at once.
    void terminate() {
        ending.hasten();
        close();
    }

    void awaitShutdown() throws InterruptedException {
        ending.await();
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("a part did not close: {}", e.getMessage());
            }
        }
        parts.clear();
    }
}
