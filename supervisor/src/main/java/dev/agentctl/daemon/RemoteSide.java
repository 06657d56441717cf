package dev.agentctl.daemon;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.metrics.Figures;
import dev.agentctl.project.RemoteSettings;
import dev.agentctl.session.Token;
import dev.agentctl.store.RemoteTokens;
import dev.agentctl.tools.Fleet;
import dev.agentctl.tools.Guest;
import dev.agentctl.tools.Guests;
import dev.agentctl.tools.RemoteAddress;
import dev.agentctl.tools.RemoteServer;
import dev.agentctl.tools.RemoteSite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The operators' own MCP clients: their tokens, and the server for them where the configuration wants one. Beyond this
/// machine it listens only once there is a token. Any thread may call.
final class RemoteSide implements Guests, AutoCloseable {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    /// Tells what it is to those who scan for lost secrets.
    private static final String MARK = "agentctl_";

    private final Optional<RemoteSettings> settings;
    private final RemoteTokens tokens;
    private final InstantSource clock;

    @GuardedBy("this")
    private @Nullable RemoteSite site;

    @GuardedBy("this")
    private @Nullable RemoteServer server;

    @GuardedBy("this")
    private Optional<String> trouble = Optional.empty();

    RemoteSide(Optional<RemoteSettings> settings, RemoteTokens tokens, InstantSource clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Begins to serve, where that is wanted and safe; what is in the way is a [#notice].
    synchronized void open(Fleet fleet, BooleanSupplier ready, Supplier<Figures.Look> looks) {
        if (settings.isPresent()) {
            site = new RemoteSite(this, fleet, settings.get().writes(), ready, new Figures(looks)::text);
            listen(settings.get());
        }
    }

    /// Tries again what was in the way, such as a taken port.
    void retry() {
        settings.ifPresent(this::listen);
    }

    private synchronized void listen(RemoteSettings wanted) {
        if (site == null || server != null) {
            return;
        }
        if (!wanted.loopback() && tokens.live().isEmpty()) {
            trouble = Optional.of("mcp.remote does not listen on " + wanted.host() + ":" + wanted.port()
                    + ", which others reach, before there is a token; make one with: agentctl token create NAME");
            return;
        }
        try {
            server = RemoteServer.start(
                    new RemoteAddress(wanted.host(), wanted.port(), wanted.url(), wanted.authorizationServers()), site);
            trouble = Optional.empty();
        } catch (IOException | RuntimeException e) {
            trouble = Optional.of("mcp.remote does not listen: " + e.getMessage());
        }
    }

    /// What is in the way of serving.
    synchronized Optional<String> notice() {
        return trouble;
    }

    @Override
    public Optional<Guest> of(String bearerToken) {
        return tokens.of(Token.hash(bearerToken)).map(RemoteSide::guest);
    }

    @Override
    public Optional<Guest> named(String name) {
        return tokens.named(name).map(RemoteSide::guest);
    }

    private static Guest guest(RemoteTokens.Entry entry) {
        return new Guest(entry.name(), entry.scope().equals("write"), entry.project());
    }

    /// Makes a token, which is shown this once.
    ControlReply create(String name, String scope, Optional<String> project, long seconds) {
        if (!name.matches(NAME)) {
            return refused(ExitCode.USAGE, "a token's name has up to 64 letters, digits, '.', '_' and '-'");
        }
        if (!scope.equals("read") && !scope.equals("write")) {
            return refused(ExitCode.USAGE, "no scope is called '" + scope + "'; say read or write");
        }
        Instant now = clock.instant();
        String token = MARK + Token.next();
        Optional<Instant> expires =
                seconds == 0 ? Optional.empty() : Optional.of(now.plus(Duration.ofSeconds(seconds)));
        if (!tokens.add(Token.hash(token), new RemoteTokens.Entry(name, scope, project, now, expires))) {
            return refused(
                    ExitCode.CONFLICT,
                    "there is a token '" + name + "' already; end it first with: agentctl token revoke " + name);
        }
        retry();
        return new ControlReply.Text(token + "\n" + missing(scope));
    }

    private String missing(String scope) {
        if (settings.isEmpty()) {
            return "nothing listens for it: the configuration has no mcp.remote";
        }
        boolean draft = scope.equals("write") && !settings.get().writes();
        return notice().orElse(
                        draft
                                ? "it may only look for now: the configuration does not say mcp.remote.writes: true"
                                : "");
    }

    /// A line for each live token, its fields between tabs.
    ControlReply list() {
        return new ControlReply.Text(tokens.live().stream()
                .map(entry -> String.join(
                                "\t",
                                entry.name(),
                                entry.scope(),
                                entry.project().orElse(""),
                                Long.toString(entry.made().toEpochMilli()),
                                entry.expires()
                                        .map(at -> Long.toString(at.toEpochMilli()))
                                        .orElse(""))
                        + "\n")
                .collect(Collectors.joining()));
    }

    ControlReply revoke(String name) {
        return tokens.revoke(name)
                ? new ControlReply.Outcomes(List.of(new Outcome("", ExitCode.OK, name + " opens nothing any more")))
                : refused(ExitCode.ERROR, "there is no token '" + name + "'; see: agentctl token list");
    }

    private static ControlReply refused(ExitCode code, String why) {
        return new ControlReply.Refused(code, why);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
    }
}
