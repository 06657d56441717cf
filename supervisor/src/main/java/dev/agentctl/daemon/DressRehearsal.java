package dev.agentctl.daemon;

import dev.agentctl.chat.Masking;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.chat.SessionNews;
import dev.agentctl.console.ConsoleChat;
import dev.agentctl.host.HostLink;
import dev.agentctl.host.PlayedHost;
import dev.agentctl.project.ConfigurationReader;
import dev.agentctl.project.ConfigurationResult;
import dev.agentctl.project.Verbosity;
import dev.agentctl.project.YamlText;
import dev.agentctl.session.Sessions;
import dev.agentctl.session.Surroundings;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.Database;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/// A session that crashes again and again, with a state file of its own and at a host that is only played: see
/// [dev.agentctl.wire.Rehearsal].
final class DressRehearsal {
    /// What runs 200 times is compiled (Tier3InvocationThreshold), so also what each runs once.
    private static final int CRASHES = 220;

    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /// As long as a child has run when it crashes, so that the next one is started at once.
    private static final Duration RUN = Duration.ofHours(1);

    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    private DressRehearsal() {}

    static void play(StateFolder scratch, Duration breath) throws IOException, InterruptedException {
        Path file = scratch.path().resolve("agentctl.yaml");
        Files.writeString(file, """
                projects:
                  - name: rehearsal
                    directory: %s
                    agent: command
                    executable: /bin/true
                    restart: always
                """.formatted(YamlText.quoted(scratch.path().toString())));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        switch (new ConfigurationReader().read(file, ENVIRONMENT, scratch.path())) {
            case ConfigurationResult.Valid valid -> play(scratch, breath, valid);
            case ConfigurationResult.Invalid(var problems) ->
                throw new IOException(problems.getFirst().toString());
        }
    }

    private static void play(StateFolder scratch, Duration breath, ConfigurationResult.Valid valid)
            throws IOException, InterruptedException {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("rehearsal timers").factory());
        InstantSource clock = leaping();
        try (Database database = Database.open(scratch.database());
                PlayedHost played = PlayedHost.open(scratch, CRASHES, breath);
                HostLink host = new HostLink(scratch.hostSocket(), () -> {})) {
            Tables tables = Tables.of(database, clock);
            PostOffice post = new PostOffice(
                    tables.outbox(),
                    tables.once(),
                    List.of(ConsoleChat.ADDRESS),
                    tables.mutes(),
                    Optional.empty(),
                    Masking.SHAPES);
            Surroundings around = new Surroundings(
                    scratch,
                    host,
                    tables.sessions(),
                    tables.queue(),
                    new SessionNews(post, tables.buttons(), _ -> Verbosity.STEPS, timers, clock),
                    new PromptDesk(tables.prompts(), tables.buttons(), post, clock, timers),
                    timers,
                    clock,
                    () -> 0,
                    ENVIRONMENT,
                    scratch.path().resolve("hook"));
            try (Sessions sessions = new Sessions(around, (_, _, _, _) -> Waiters.Outcome.UNKNOWN)) {
                sessions.load(valid.configuration().projects());
                host.open(sessions);
                sessions.autostart();
                if (!played.await(PATIENCE)) {
                    throw new IOException("its session did not start " + CRASHES + " times");
                }
            }
        } finally {
            timers.shutdownNow();
        }
    }

    private static InstantSource leaping() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        return () -> now.updateAndGet(last -> last.plus(RUN));
    }
}
