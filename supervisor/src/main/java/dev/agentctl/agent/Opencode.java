package dev.agentctl.agent;

import dev.agentctl.project.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// opencode, as measured on 1.18.33. It has no hooks; a plugin of ours in it reports, asks about permissions, and keeps
/// the talk in a file, for opencode itself has it in a database.
record Opencode() implements Agent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLUGIN = "opencode-plugin.js";
    /// A configuration that is laid over the user's own.
    private static final String CONFIGURATION = "OPENCODE_CONFIG_CONTENT";

    private static final long SEVEN_DAYS_MILLIS = 604_800_000;
    private static final Duration PAUSE = Duration.ofMillis(400);

    @Override
    public Launch launch(Project project, LaunchSite site, Conversation conversation) {
        List<String> argv = new ArrayList<>();
        argv.add(project.executable().orElse("opencode"));
        if (conversation instanceof Conversation.Resumed(String id)) {
            argv.addAll(List.of("--session", id));
        }
        project.permissionMode().ifPresent(mode -> argv.addAll(List.of("--agent", mode)));
        argv.addAll(project.args());
        Path plugin = site.folder().resolve("opencode").resolve(PLUGIN);
        Map<String, String> environment = new LinkedHashMap<>(Environment.of(project, site));
        environment.put(CONFIGURATION, configuration(environment.getOrDefault(CONFIGURATION, "{}"), site, plugin));
        environment.putIfAbsent("OPENCODE_DISABLE_AUTOUPDATE", "1");
        return new Launch(argv, environment, Map.of(plugin, plugin()));
    }

    /// What the user gave in the same variable, with ours. Where that is broken it is passed on, for opencode to say
    /// so.
    private static String configuration(String own, LaunchSite site, Path plugin) {
        JsonNode root;
        try {
            root = JSON.readTree(own);
        } catch (JacksonException _) {
            return own;
        }
        if (!(root instanceof ObjectNode object)) {
            return own;
        }
        ObjectNode servers = object.path("mcp") instanceof ObjectNode given ? given : object.putObject("mcp");
        ObjectNode server = servers.putObject("agentctl");
        server.put("type", "remote").put("url", "http://127.0.0.1:" + site.port() + "/mcp");
        // the variable is expanded from the child's environment
        server.putObject("headers").put("Authorization", "Bearer {env:AGENTCTL_TOKEN}");
        server.put("enabled", true).put("oauth", false).put("timeout", SEVEN_DAYS_MILLIS);
        ArrayNode plugins = object.path("plugin") instanceof ArrayNode given ? given : object.putArray("plugin");
        plugins.add(plugin.toUri().toString());
        return object.toString();
    }

    private static String plugin() {
        try (InputStream in = Opencode.class.getResourceAsStream(PLUGIN)) {
            if (in == null) {
                throw new IllegalStateException("the plugin for opencode is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean reports() {
        return true;
    }

    /// It chooses the id itself, at the first prompt.
    @Override
    public Optional<String> newConversation() {
        return Optional.empty();
    }

    @Override
    public List<AgentEvent> heard(String payload, Instant at) {
        return OpencodeEvents.read(payload);
    }

    /// Its plugin is there some time before its screen is, and a dialog takes the composer's place.
    @Override
    public boolean showsComposer(Supplier<String> screen) {
        return screen.get().lines().anyMatch(line -> line.strip().startsWith("╹▀▀▀▀"));
    }

    /// The first prompt also makes the conversation: that took 4 s on a busy machine, and more than 10 s on a busier
    /// one.
    @Override
    public Duration proofTime() {
        return Duration.ofSeconds(20);
    }

    @Override
    public String answer(String payload, Decision decision) {
        ObjectNode answer = JSON.createObjectNode();
        switch (decision) {
            case Decision.Allow() -> answer.put("reply", "once");
            case Decision.Always _ -> answer.put("reply", "always");
            case Decision.Deny(String reason) -> answer.put("reply", "reject").put("message", reason);
            case Decision.Answer _ -> {
                // it asks for permissions only
            }
        }
        return answer.toString();
    }

    @Override
    public Keystrokes keystrokes(String message, boolean bracketedPaste) {
        return Keystrokes.paste(message).after(PAUSE);
    }

    /// The first makes ready to interrupt, the second within 5 s interrupts; both in one write do nothing.
    @Override
    public byte[] interrupt() {
        return new byte[] {0x1b};
    }

    @Override
    public Keystrokes quit() {
        return Keystrokes.command("/exit").after(PAUSE);
    }
}
