package dev.agentctl.daemon;

import dev.agentctl.agent.Environment;
import dev.agentctl.chat.Chat;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.ChatRouter;
import dev.agentctl.chat.Deletion;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.Mutes;
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
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Surroundings;
import dev.agentctl.store.Audit;
import dev.agentctl.store.BridgeTokens;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.CallTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.MuteTable;
import dev.agentctl.store.Once;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.PromptTable;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.store.RemoteTokens;
import dev.agentctl.store.SessionTable;
import dev.agentctl.store.Settings;
import dev.agentctl.store.StoreException;
import dev.agentctl.store.Tallies;
import dev.agentctl.store.Topics;
import dev.agentctl.telegram.Stores;
import dev.agentctl.telegram.TelegramChat;
import dev.agentctl.telegram.TelegramStartException;
import dev.agentctl.tools.ToolServer;
import dev.agentctl.tools.ToolSite;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Succession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The supervisor role, built from its parts: the state file, the tools' server, the host, the sessions, the chats,
/// the control socket, in this order, and stopped in the reverse one.
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final String PORT = "tools.port";
    private static final int STOP_SECONDS = 60;
    private static final int STARTING_SECONDS = 20;
    /// How long what was delivered is kept, for replies to it and against repeats.
    private static final Duration KEPT = Duration.ofDays(30);

    private final Map<String, String> environment;
    private final Path home;
    private final AtomicReference<Configuration> configuration;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
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
        InstantSource clock = InstantSource.system();
        Database database = part(Database.open(folder.database()));
        Outbox outbox = new Outbox(database, clock, ConsoleChat.ADDRESS);
        ButtonTable buttons = new ButtonTable(database, clock);
        Mutes mutes = new MuteTable(database, clock);
        Optional<Quiet> quiet = configuration
                .get()
                .telegram()
                .flatMap(bot -> bot.quietHours()
                        .map(hours ->
                                new Quiet(TelegramSide.settings(bot).address(), hours, clock, ZoneId.systemDefault())));
        Masking masking = new Masking(() -> configuration.get().secrets());
        Once once = new Once(database, clock);
        PostOffice post = new PostOffice(outbox, once, addresses(), mutes, quiet, masking);
        MessageTable queue = new MessageTable(database, clock);
        BridgeTokens bridges = new BridgeTokens(database, clock);
        Tools tools = new Tools(this::sessions, bridges, this::reachable);
        QuestionTable questions = new QuestionTable(database, clock);
        OperatorDesk desk = new OperatorDesk(questions, buttons, post, tools::context, tools, clock);
        CallTable calls = new CallTable(database, clock);
        ToolServer server = part(listen(
                new Settings(database),
                new ToolSite(
                        tools,
                        desk,
                        new SeenSessions(this::sessions, post),
                        tools,
                        calls,
                        configuration.get().mcp().toolPrefix())));
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("timers").factory());
        parts.add(timers::shutdownNow);
        parts.add(host);
        PromptTable promptTable = new PromptTable(database, clock);
        PromptDesk prompts = new PromptDesk(promptTable, buttons, post, clock, timers);
        prompts.recover();
        Surroundings around = new Surroundings(
                folder,
                host,
                new SessionTable(database),
                queue,
                new SessionNews(post, buttons, this::verbosity, timers, clock),
                prompts,
                timers,
                clock,
                server::port,
                childEnvironment(),
                HookScript.install(folder.path()));
        Sessions sessions = part(new Sessions(around, desk));
        sessions.load(configuration.get().projects());
        built.complete(sessions);
        host.open(sessions);
        sessions.autostart();

        Audit audit = new Audit(database, clock);
        Members members = new Members(database, clock);
        Roles roles = TelegramSide.roles(configuration.get().telegram(), members);
        Deletion deletion = new Deletion(sessions, post);
        ChatRouter router = new ChatRouter(
                sessions,
                post,
                outbox,
                audit::record,
                new ProjectFiles(),
                deletion,
                buttons,
                prompts,
                mutes,
                new ScreenShots(folder.path().resolve("pictures"), chat -> !chat.equals(ConsoleChat.NAME), masking),
                roles,
                clock);
        ConsoleChat console = connect(post, new ConsoleChat(outbox, router, clock));
        Optional<Telegram> bot = configuration.get().telegram();
        if (bot.isPresent()) {
            try {
                Path locks = TelegramSide.locks(environment, folder);
                telegram = connect(
                        post,
                        TelegramSide.start(
                                bot.get(),
                                new Stores(new Inbox(database, clock), outbox, audit, new Topics(database), members),
                                router,
                                roles,
                                this::sessions,
                                locks));
            } catch (TelegramStartException e) {
                // the sessions and the console do without it; status says so
                warnings.add(String.valueOf(e.getMessage()));
            }
        }
        var _ = timers.scheduleWithFixedDelay(() -> expire(desk), 5, 5, TimeUnit.SECONDS);
        quiet.ifPresent(hours -> {
            var _ = timers.scheduleWithFixedDelay(() -> tellWhatCame(hours, outbox, post), 1, 1, TimeUnit.MINUTES);
        });
        var _ = timers.scheduleAtFixedRate(
                () -> forgetOld(
                        clock,
                        outbox::trim,
                        new Inbox(database, clock)::trim,
                        buttons::trim,
                        promptTable::trim,
                        calls::trim,
                        bridges::trim,
                        once::trim),
                1,
                24,
                TimeUnit.HOURS);
        RemoteSide remote =
                part(new RemoteSide(configuration.get().mcp().remote(), new RemoteTokens(database, clock), clock));
        ControlDesk control = new ControlDesk(
                sessions,
                host,
                console,
                deletion,
                new PromptAnswers(prompts),
                session -> server.port() + " " + tools.open(session),
                audit,
                members,
                remote,
                () -> notices(remote),
                this::reload,
                this::down);
        FleetDesk fleet = new FleetDesk(sessions, control::answered, questions, desk, prompts, audit);
        remote.open(fleet, () -> host.host().isPresent(), () -> fleet.look(new Tallies(database)));
        part(ControlServer.open(
                folder.supervisorSocket(),
                control,
                new Succession(new Replacement(folder, failed, this::close), folder.handOver("supervisor")),
                inherit));
    }

    @SafeVarargs
    private static void forgetOld(InstantSource clock, Consumer<Instant>... trims) {
        try {
            for (Consumer<Instant> trim : trims) {
                trim.accept(clock.instant().minus(KEPT));
            }
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private static void tellWhatCame(Quiet quiet, Outbox outbox, PostOffice post) {
        try {
            quiet.tellWhatCame(outbox, post);
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private static void expire(OperatorDesk desk) {
        try {
            desk.expireDue();
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
        }
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

    /// The port is kept over restarts, for running agents know it.
    private ToolServer listen(Settings settings, ToolSite site) throws IOException {
        int configured = configuration.get().mcp().port();
        int kept = settings.get(PORT).map(Integer::parseInt).orElse(0);
        int wanted = configured != 0 ? configured : kept;
        ToolServer server;
        try {
            server = ToolServer.start(wanted, site);
        } catch (IOException e) {
            if (configured != 0) {
                throw e;
            }
            warnings.add("port " + wanted + " for the agents' tools is taken; agents that run already cannot reach"
                    + " their tools until they are restarted");
            server = ToolServer.start(0, site);
        }
        settings.set(PORT, Integer.toString(server.port()));
        return server;
    }

    private Verbosity verbosity(String session) {
        return configuration.get().project(session).map(Project::verbosity).orElse(Verbosity.STEPS);
    }

    private boolean reachable() {
        TelegramChat chat = telegram;
        return chat == null || TelegramSide.well(chat);
    }

    private List<String> notices(RemoteSide remote) {
        List<String> notices = new ArrayList<>(warnings);
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

    private ControlReply down(boolean keepAgents) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!keepAgents) {
            List<CompletableFuture<Outcome>> stops = new ArrayList<>();
            sessions().all().forEach(session -> stop(session).ifPresent(stops::add));
            stops.forEach(stop -> outcomes.add(stop.join()));
            host.shutDown();
        }
        outcomes.add(new Outcome("", ExitCode.OK, keepAgents ? "supervisor stopped; the agents run on" : "stopped"));
        // the reply leaves before the process does
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(shutdown::countDown);
        return new ControlReply.Outcomes(outcomes);
    }

    /// Stops a session for as long as the supervisor is down: what was up is up again at the next start.
    private Optional<CompletableFuture<Outcome>> stop(Session session) {
        SessionState state = session.view().state();
        if (state.childPid() == 0 && !(state instanceof SessionState.Starting)) {
            return Optional.empty();
        }
        sessions().suspend(session);
        return Optional.of(session.when(view -> view.state() instanceof SessionState.Stopped)
                .thenApply(_ -> new Outcome(session.name(), ExitCode.OK, "stopped"))
                .completeOnTimeout(
                        new Outcome(session.name(), ExitCode.TIMED_OUT, "does not stop; it ends with the host"),
                        STOP_SECONDS,
                        TimeUnit.SECONDS));
    }

    void awaitShutdown() throws InterruptedException {
        shutdown.await();
    }

    @Override
    public void close() {
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
