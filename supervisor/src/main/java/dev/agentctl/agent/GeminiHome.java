package dev.agentctl.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A home for Gemini CLI that is its user's but for the settings: these are the user's with our hooks and tools added,
/// everything else is a link to what the user has. Neither a flag nor a variable can add a hook or a server, and
/// settings of the system are taken only from files that belong to root (0.61.0).
///
/// @param folder ours
/// @param own the user's
record GeminiHome(Path folder, Path own) {
    /// Names the folder that has `.gemini` in it.
    static final String VARIABLE = "GEMINI_CLI_HOME";

    private static final String DATA = ".gemini";
    private static final String SETTINGS = "settings.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final long SEVEN_DAYS_MILLIS = 604_800_000;
    private static final int HOOK_MILLIS = 30_000;
    /// Those that tell a state, an acceptance or last words.
    private static final List<String> EVENTS = List.of(
            "SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "Notification", "AfterAgent", "SessionEnd");

    /// What it may make in its home: a link leads there before it does.
    private static final List<String> MADE = List.of(
            "oauth_creds.json",
            "google_accounts.json",
            "installation_id",
            "state.json",
            "projects.json",
            "trustedFolders.json",
            "mcp-oauth-tokens.json");

    /// As [#MADE]; it does not make a folder where a link leads nowhere.
    private static final List<String> MADE_FOLDERS = List.of("tmp", "history");

    static GeminiHome of(Map<String, String> environment, Path folder) {
        Path own = Path.of(environment.getOrDefault(VARIABLE, environment.getOrDefault("HOME", "/")));
        return new GeminiHome(folder, own);
    }

    Map<Path, String> files(LaunchSite site) {
        return Map.of(folder.resolve(DATA).resolve(SETTINGS), settings(site));
    }

    List<Path> folders() {
        return MADE_FOLDERS.stream()
                .map(name -> own.resolve(DATA).resolve(name))
                .toList();
    }

    Map<Path, Path> links() {
        Map<Path, Path> links = new LinkedHashMap<>();
        Path data = folder.resolve(DATA);
        List<String> names = new ArrayList<>(MADE);
        names.addAll(MADE_FOLDERS);
        names.addAll(present());
        for (String name : names) {
            if (!name.equals(SETTINGS)) {
                links.put(data.resolve(name), own.resolve(DATA).resolve(name));
            }
        }
        links.put(folder.resolve(".env"), own.resolve(".env"));
        return links;
    }

    private List<String> present() {
        try (Stream<Path> all = Files.list(own.resolve(DATA))) {
            return all.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (NoSuchFileException _) {
            // it has never run
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The user's settings with ours. Broken ones are passed on: it says itself what is wrong with them.
    private String settings(LaunchSite site) {
        String text = read();
        try {
            JsonNode settings = JSON.readTree(text);
            return settings instanceof ObjectNode object ? with(object, site).toString() : text;
        } catch (JacksonException _) {
            return text;
        }
    }

    private String read() {
        try {
            return new String(Files.readAllBytes(own.resolve(DATA).resolve(SETTINGS)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return "{}";
        } catch (IOException e) {
            // without them it would be another agent, perhaps one that asks less before it acts
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode with(ObjectNode settings, LaunchSite site) {
        ObjectNode server = object(settings, "mcpServers").putObject("agentctl");
        server.put("httpUrl", "http://127.0.0.1:" + site.port() + "/mcp");
        // the variable is expanded from the child's environment
        server.putObject("headers").put("Authorization", "Bearer $AGENTCTL_TOKEN");
        server.put("timeout", SEVEN_DAYS_MILLIS).put("trust", true);
        ObjectNode hooks = object(settings, "hooks");
        EVENTS.forEach(event -> addHook(hooks, event, site));
        object(settings, "general").put("enableAutoUpdate", false);
        object(settings, "ui")
                .put("dynamicWindowTitle", true)
                .put("hideWindowTitle", false)
                .put("useBackgroundColor", true);
        return settings;
    }

    private static void addHook(ObjectNode hooks, String event, LaunchSite site) {
        ArrayNode groups = hooks.path(event) instanceof ArrayNode own ? own : hooks.putArray(event);
        groups.addObject()
                .put("matcher", "*")
                .putArray("hooks")
                .addObject()
                .put("type", "command")
                .put("name", "agentctl")
                .put("command", HookCommand.of(site, "gemini"))
                .put("timeout", HOOK_MILLIS);
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode own ? own : parent.putObject(name);
    }
}
