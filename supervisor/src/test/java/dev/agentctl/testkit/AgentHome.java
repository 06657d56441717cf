package dev.agentctl.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An empty home for a run of the product or of an agent, whose agents talk to a [ScriptedModel]. Everything below it
/// goes when it is closed, after every process that was started in it.
public final class AgentHome implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path path;
    private final ScriptedModel model;

    private AgentHome(Path path, ScriptedModel model) {
        this.path = path;
        this.model = model;
    }

    public static AgentHome create(ScriptedModel model) throws IOException {
        AgentHome home =
                new AgentHome(Files.createTempDirectory("agentctl-home").toRealPath(), model);
        Files.createDirectory(home.path.resolve("tmp"));
        home.writeClaudeState(JSON.createObjectNode());
        home.writeGeminiSettings();
        return home;
    }

    /// The folder that is HOME.
    public Path path() {
        return path;
    }

    /// Makes a project's folder, one that Claude trusts already; Codex takes its trust from the command line.
    public Path project(String name) throws IOException {
        Path folder = Files.createDirectories(path.resolve("projects").resolve(name));
        trust(folder);
        return folder;
    }

    /// Takes back what a first run of Claude asks, as if it had never run.
    public void forgetClaude() throws IOException {
        Files.delete(claudeState());
    }

    /// Makes Claude ask again whether it may trust any folder.
    public void distrustAll() throws IOException {
        writeClaudeState(JSON.createObjectNode());
    }

    /// Makes Claude trust a folder, as its user does by answering its first question there.
    public void trust(Path folder) throws IOException {
        ObjectNode projects =
                (ObjectNode) JSON.readTree(Files.readString(claudeState())).path("projects");
        projects.putObject(folder.toString()).put("hasTrustDialogAccepted", true);
        writeClaudeState(projects);
    }

    /// The whole environment of a run: nothing of the machine's own comes in. PATH finds the pinned agents first.
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", path.toString());
        // Codex refuses a home below the folder for temporary files; Claude puts its sockets there.
        environment.put("TMPDIR", path.resolve("tmp").toString());
        environment.put("PATH", AgentClis.folder() + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("TERM", "xterm-256color");
        environment.put("LANG", "C.UTF-8");
        environment.put("ANTHROPIC_BASE_URL", model.url());
        environment.put("ANTHROPIC_AUTH_TOKEN", "fake");
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("DISABLE_AUTOUPDATER", "1");
        environment.put("OPENAI_API_KEY", "fake");
        environment.put("GOOGLE_GEMINI_BASE_URL", model.url());
        environment.put("GEMINI_API_KEY", "fake");
        environment.put("OPENCODE_CONFIG_CONTENT", opencodeConfiguration());
        environment.put("OPENCODE_DISABLE_MODELS_FETCH", "1");
        // it would install a package for the types of plugins
        environment.put("npm_config_offline", "true");
        return environment;
    }

    /// The arguments that send Codex to the scripted model; they go before its subcommand's own.
    public List<String> codexArguments() {
        String provider = "model_providers.mock={name=\"mock\",base_url=\"" + model.url()
                + "/v1\",wire_api=\"responses\",env_key=\"OPENAI_API_KEY\"}";
        return List.of("-c", "model_provider=mock", "-c", provider, "-c", "model=gpt-5.1-codex");
    }

    /// A provider that is the scripted model; commands and edits ask first.
    private String opencodeConfiguration() {
        ObjectNode root = JSON.createObjectNode().put("model", "mock/m1").put("small_model", "mock/m1");
        ObjectNode provider = root.putObject("provider").putObject("mock").put("npm", "@ai-sdk/openai-compatible");
        provider.putObject("options").put("baseURL", model.url() + "/v1").put("apiKey", "fake");
        ObjectNode m1 = provider.putObject("models").putObject("m1");
        m1.put("name", "M1").put("tool_call", true);
        m1.putObject("limit").put("context", 100_000).put("output", 4_000);
        root.putObject("permission").put("bash", "ask").put("edit", "ask");
        return root.toString();
    }

    /// A process in this home, to be started: its errors join its output, its input is empty.
    public ProcessBuilder process(Path directory, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder;
    }

    /// Kills what still runs in this home, then deletes it; a second time does nothing.
    @Override
    public void close() throws IOException {
        HomeProcesses.end(path);
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /// What its user has chosen: how to log in, and that nothing is told to Google.
    private void writeGeminiSettings() throws IOException {
        ObjectNode settings = JSON.createObjectNode();
        settings.putObject("security").putObject("auth").put("selectedType", "gemini-api-key");
        settings.putObject("privacy").put("usageStatisticsEnabled", false);
        settings.putObject("telemetry").put("enabled", false);
        Files.writeString(Files.createDirectory(path.resolve(".gemini")).resolve("settings.json"), settings.toString());
    }

    private void writeClaudeState(ObjectNode projects) throws IOException {
        ObjectNode state =
                JSON.createObjectNode().put("hasCompletedOnboarding", true).put("theme", "dark");
        state.set("projects", projects);
        Files.writeString(claudeState(), state.toString());
    }

    private Path claudeState() {
        return path.resolve(".claude.json");
    }
}
