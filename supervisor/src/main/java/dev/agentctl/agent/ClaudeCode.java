package dev.agentctl.agent;

import dev.agentctl.project.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// Claude Code. Flags and hooks as measured on 2.1.197, 2.1.329 and 2.1.332.
record ClaudeCode() implements Agent {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Those that tell a state, an acceptance or last words.
    private static final List<String> EVENTS = List.of(
            "SessionStart",
            "UserPromptSubmit",
            "PreToolUse",
            "PostToolUse",
            "PostToolUseFailure",
            "PermissionRequest",
            "Stop",
            "StopFailure",
            "SessionEnd");

    private static final long SEVEN_DAYS_MILLIS = 604_800_000;

    @Override
    public Launch launch(Project project, LaunchSite site, Conversation conversation) {
        Path settings = site.folder().resolve("claude-settings.json");
        List<String> argv = new ArrayList<>();
        argv.add(project.executable().orElse("claude"));
        switch (conversation) {
            case Conversation.Fresh(String id) -> argv.addAll(List.of("--session-id", id));
            case Conversation.Resumed(String id) -> argv.addAll(List.of("--resume", id));
        }
        argv.addAll(List.of("--settings", settings.toString(), "--mcp-config", mcp(site)));
        project.permissionMode().ifPresent(mode -> argv.addAll(List.of("--permission-mode", mode)));
        // the user's arguments come before the variadic flag, which would swallow what follows it
        argv.addAll(project.args());
        argv.addAll(List.of("--allowedTools", "mcp__agentctl"));
        return new Launch(argv, environment(project, site), Map.of(settings, settings(project, site)));
    }

    private static Map<String, String> environment(Project project, LaunchSite site) {
        Map<String, String> environment = new LinkedHashMap<>(Environment.of(project, site));
        environment.putIfAbsent("DISABLE_AUTOUPDATER", "1");
        // a waiting tool call would be moved to the background after 120 s, and its answer come as a new prompt
        environment.putIfAbsent("CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS", "0");
        if (project.trust()) {
            environment.put("CLAUDE_CODE_SANDBOXED", "1");
        }
        return environment;
    }

    /// The token is not in it: Claude Code expands the variable from the child's environment.
    private static String mcp(LaunchSite site) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode server = root.putObject("mcpServers").putObject("agentctl");
        server.put("type", "http").put("url", "http://127.0.0.1:" + site.port() + "/mcp");
        server.putObject("headers").put("Authorization", "Bearer ${AGENTCTL_TOKEN}");
        server.put("alwaysLoad", true).put("timeout", SEVEN_DAYS_MILLIS);
        return root.toString();
    }

    private static String settings(Project project, LaunchSite site) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode hooks = root.putObject("hooks");
        for (String event : EVENTS) {
            hooks.putArray(event)
                    .addObject()
                    .putArray("hooks")
                    .addObject()
                    .put("type", "command")
                    .put("command", HookCommand.of(site, "claude"))
                    .put("timeout", event.equals("PermissionRequest") ? HookCommand.decisionSeconds(project) : 30);
        }
        return root.toString();
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Optional<String> newConversation() {
        return Optional.of(UUID.randomUUID().toString());
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
        return DialogAnswer.claude(payload, decision);
    }

    @Override
    public Keystrokes quit() {
        return Keystrokes.command("/exit");
    }
}
