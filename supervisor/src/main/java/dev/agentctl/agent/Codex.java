package dev.agentctl.agent;

import dev.agentctl.project.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Codex. Flags, hooks and their trust hashes as measured on 0.169.0 and 0.171.0.
record Codex() implements Agent {
    private static final int HOOK_SECONDS = 30;
    /// Codex caps these two, and hashes what it capped to.
    private static final int CAPPED_SECONDS = 3;

    /// The hooks that tell a state, an acceptance or last words, with the time each may take.
    private static Map<String, Integer> events(int decisionSeconds) {
        Map<String, Integer> events = new LinkedHashMap<>();
        for (String event :
                List.of("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PermissionRequest", "Stop")) {
            events.put(event, event.equals("PermissionRequest") ? decisionSeconds : HOOK_SECONDS);
        }
        events.put("SessionEnd", CAPPED_SECONDS);
        events.put("Interrupt", CAPPED_SECONDS);
        return events;
    }

    @Override
    public Launch launch(Project project, LaunchSite site, Conversation conversation) {
        List<String> argv = new ArrayList<>();
        argv.add(project.executable().orElse("codex"));
        if (conversation instanceof Conversation.Resumed) {
            argv.add("resume");
        }
        // its shared daemon would outlive the session and mix the sessions' environments
        argv.addAll(List.of("--no-daemon", "-C", project.directory().toString()));
        config(argv, "check_for_update_on_startup=false");
        if (project.trust()) {
            config(argv, "projects={" + quoted(project.directory().toString()) + "={trust_level=\"trusted\"}}");
        }
        config(argv, CodexThread.TITLE);
        config(argv, "hooks=" + hooks(HookCommand.of(site, "codex"), HookCommand.decisionSeconds(project)));
        config(argv, "mcp_servers.agentctl=" + mcp(site));
        argv.addAll(project.args());
        if (conversation instanceof Conversation.Resumed(String id)) {
            argv.add(id);
        }
        return new Launch(argv, Environment.of(project, site), Map.of());
    }

    private static void config(List<String> argv, String value) {
        argv.add("-c");
        argv.add(value);
    }

    private static String mcp(LaunchSite site) {
        return "{url=\"http://127.0.0.1:" + site.port() + "/mcp\",bearer_token_env_var=\"AGENTCTL_TOKEN\","
                + "tool_timeout_sec=604800,startup_timeout_sec=20,default_tools_approval_mode=\"approve\"}";
    }

    /// The hooks with the hashes by which Codex trusts them; without these it would ask at every start.
    static String hooks(String command, int decisionSeconds) {
        Map<String, Integer> events = events(decisionSeconds);
        String handlers = events.entrySet().stream()
                .map(event -> event.getKey() + "=[{hooks=[{type=\"command\",command=" + quoted(command) + ",timeout="
                        + event.getValue() + "}]}]")
                .collect(Collectors.joining(","));
        String hashes = events.entrySet().stream()
                .map(event -> {
                    String name = snakeCase(event.getKey());
                    return quoted("/<session-flags>/config.toml:" + name + ":0:0") + "={trusted_hash=\""
                            + trustedHash(name, command, event.getValue()) + "\"}";
                })
                .collect(Collectors.joining(","));
        return "{" + handlers + ",state={" + hashes + "}}";
    }

    /// SHA-256 of the handler as canonical JSON: keys sorted, no spaces.
    static String trustedHash(String event, String command, int seconds) {
        String canonical = "{\"event_name\":\"" + event + "\",\"hooks\":[{\"async\":false,\"command\":"
                + quoted(command) + ",\"timeout\":" + seconds + ",\"type\":\"command\"}]}";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A TOML basic string, which is also a JSON string.
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter) && !snake.isEmpty()) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(letter));
        }
        return snake.toString();
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Optional<String> newConversation() {
        return Optional.empty();
    }

    @Override
    public Keystrokes keystrokes(String message, boolean bracketedPaste) {
        return Keystrokes.paste(message);
    }

    @Override
    public byte[] interrupt() {
        return new byte[] {0x1b};
    }

    @Override
    public String answer(String payload, Decision decision) {
        return DialogAnswer.codex(decision);
    }

    @Override
    public boolean opensDialogAtOnce() {
        return false;
    }

    @Override
    public Optional<String> conversationTitled(String title) {
        return CodexThread.named(title);
    }

    @Override
    public Optional<AgentEvent.ConversationBegan> conversation(List<Path> open, String beginning) {
        return CodexThread.among(open, beginning);
    }

    @Override
    public Optional<AgentEvent.TurnFailed> failure(List<String> transcript) {
        return CodexFailure.read(transcript, ZoneId.systemDefault());
    }

    @Override
    public Keystrokes quit() {
        return Keystrokes.command("/quit");
    }

    /// The npm package's `codex` is a node launcher that stays in front of the native program: a signal to it, or its
    /// pid in `status`, would not be the agent's. The native program lies in the platform's package beside it.
    @Override
    public Path program(Path found) {
        try {
            Path launcher = found.toRealPath();
            Path scope = launcher.getParent() == null
                    ? null
                    : launcher.resolve("../../..").normalize();
            if (scope == null || !launcher.endsWith(Path.of("codex", "bin", "codex.js"))) {
                return found;
            }
            String machine = "amd64".equals(System.getProperty("os.arch")) ? "x86_64" : "aarch64";
            String npm = machine.equals("x86_64") ? "x64" : "arm64";
            Path vendor =
                    scope.resolve("codex-linux-" + npm).resolve("vendor").resolve(machine + "-unknown-linux-musl");
            Path program = vendor.resolve("bin").resolve("codex");
            return Files.isExecutable(program) ? program : found;
        } catch (java.io.IOException _) {
            return found;
        }
    }
}
