package dev.agentctl.doctor;

import dev.agentctl.project.AgentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A command line that can be tried, and what only holds for it.
public enum Patient {
    CLAUDE(AgentKind.CLAUDE) {
        @Override
        Map<String, String> environment(String model) {
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("ANTHROPIC_BASE_URL", model);
            environment.put("ANTHROPIC_AUTH_TOKEN", "none");
            environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
            return environment;
        }

        @Override
        List<String> arguments(String model) {
            return List.of();
        }

        // Its default of today, `auto`, asks a server.
        @Override
        String key() {
            return "permission_mode: default";
        }

        // As after a first run, and after its user has trusted the folder.
        @Override
        void settle(Path home, Path folder) throws IOException {
            ObjectNode state =
                    JSON.createObjectNode().put("hasCompletedOnboarding", true).put("theme", "dark");
            state.putObject("projects").putObject(folder.toString()).put("hasTrustDialogAccepted", true);
            Files.writeString(home.resolve(".claude.json"), state.toString());
        }

        @Override
        ModelAnswer.Call command(String shell) {
            return shell("Bash", shell);
        }
    },
    CODEX(AgentKind.CODEX) {
        @Override
        Map<String, String> environment(String model) {
            return Map.of("OPENAI_API_KEY", "none");
        }

        @Override
        List<String> arguments(String model) {
            List<String> arguments = new ArrayList<>();
            for (String setting : List.of(
                    "model_provider=check",
                    "model_providers.check={name=\"check\",base_url=\"" + model
                            + "/v1\",wire_api=\"responses\",env_key=\"OPENAI_API_KEY\"}",
                    "model=gpt-5.1-codex",
                    "analytics.enabled=false")) {
                arguments.add("-c");
                arguments.add(setting);
            }
            return arguments;
        }

        @Override
        String key() {
            return "trust: true";
        }

        @Override
        void settle(Path home, Path folder) {
            // its trust comes from the command line
        }

        // Outside of its sandbox, so that it has to ask.
        @Override
        ModelAnswer.Call command(String shell) {
            ObjectNode escalated = json("cmd", shell)
                    .put("sandbox_permissions", "require_escalated")
                    .put("justification", "a check");
            return new ModelAnswer.Call("", "exec_command", escalated.toString());
        }
    },
    GEMINI(AgentKind.GEMINI) {
        @Override
        Map<String, String> environment(String model) {
            return Map.of("GEMINI_API_KEY", "none", "GOOGLE_GEMINI_BASE_URL", model);
        }

        @Override
        List<String> arguments(String model) {
            return List.of("-m", "gemini-2.5-flash");
        }

        @Override
        String key() {
            return "trust: true";
        }

        // How its user has chosen to log in.
        @Override
        void settle(Path home, Path folder) throws IOException {
            ObjectNode settings = JSON.createObjectNode();
            settings.putObject("security").putObject("auth").put("selectedType", "gemini-api-key");
            settings.putObject("privacy").put("usageStatisticsEnabled", false);
            settings.putObject("telemetry").put("enabled", false);
            Files.writeString(
                    Files.createDirectory(home.resolve(".gemini")).resolve("settings.json"), settings.toString());
        }

        @Override
        ModelAnswer.Call command(String shell) {
            return shell("run_shell_command", shell);
        }

        @Override
        String turnEnd() {
            return "hook AfterAgent";
        }

        @Override
        String printed() {
            return "title";
        }

        @Override
        Optional<String> never(Capability capability) {
            return capability == Capability.REFUSAL || capability == Capability.APPROVAL
                    ? Optional.of("no hook of it can answer its dialogs: answer them after `attach`, or with `keys`")
                    : Optional.empty();
        }
    },
    OPENCODE(AgentKind.OPENCODE) {
        @Override
        Map<String, String> environment(String model) {
            ObjectNode root =
                    JSON.createObjectNode().put("model", "check/check").put("small_model", "check/check");
            ObjectNode provider = root.putObject("provider").putObject("check").put("npm", "@ai-sdk/openai-compatible");
            provider.putObject("options").put("baseURL", model + "/v1").put("apiKey", "none");
            ObjectNode played = provider.putObject("models").putObject("check");
            played.put("name", "check").put("tool_call", true);
            played.putObject("limit").put("context", 100_000).put("output", 4_000);
            root.putObject("permission").put("bash", "ask");
            return Map.of(
                    "OPENCODE_CONFIG_CONTENT",
                    root.toString(),
                    "OPENCODE_DISABLE_MODELS_FETCH",
                    "1",
                    // it would install a package for the types of plugins
                    "npm_config_offline",
                    "true");
        }

        @Override
        List<String> arguments(String model) {
            return List.of();
        }

        @Override
        String key() {
            return "trust: false";
        }

        @Override
        void settle(Path home, Path folder) {
            // its model comes from the environment, and it trusts every folder
        }

        @Override
        ModelAnswer.Call command(String shell) {
            return shell("bash", shell);
        }

        @Override
        String turnEnd() {
            return "plugin session.idle";
        }

        @Override
        Optional<String> never(Capability capability) {
            return capability == Capability.PRINTED_STATE
                    ? Optional.of("it prints none; our plugin in it tells everything")
                    : Optional.empty();
        }
    };

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AgentKind kind;

    Patient(AgentKind kind) {
        this.kind = kind;
    }

    public AgentKind kind() {
        return kind;
    }

    /// The one of this kind.
    public static Optional<Patient> of(AgentKind kind) {
        for (Patient patient : values()) {
            if (patient.kind == kind) {
                return Optional.of(patient);
            }
        }
        return Optional.empty();
    }

    /// What points it at the model, and keeps it from everything else.
    abstract Map<String, String> environment(String model);

    abstract List<String> arguments(String model);

    /// A further key of its project.
    abstract String key();

    /// Lays what a first run and its dialogs would leave in an empty home.
    abstract void settle(Path home, Path folder) throws IOException;

    /// A call of its shell that it has to ask its user for.
    abstract ModelAnswer.Call command(String shell);

    /// The evidence that one of its hooks told the end of a turn.
    String turnEnd() {
        return "hook Stop";
    }

    /// The evidence that it printed its state.
    String printed() {
        return "OSC 7501";
    }

    /// Why agentctl does not rely on this with it, in any version.
    Optional<String> never(Capability capability) {
        return Optional.empty();
    }

    /// A call of our tool `notify`.
    static ModelAnswer.Call notification() {
        return new ModelAnswer.Call(
                "agentctl",
                "notify",
                json("event", "check").put("summary", "a check").toString());
    }

    private static ModelAnswer.Call shell(String tool, String command) {
        return new ModelAnswer.Call(
                "", tool, json("command", command).put("description", "a check").toString());
    }

    private static ObjectNode json(String name, String value) {
        return JSON.createObjectNode().put(name, value);
    }
}
