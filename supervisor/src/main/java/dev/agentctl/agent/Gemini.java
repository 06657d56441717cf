package dev.agentctl.agent;

import dev.agentctl.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Gemini CLI. Flags, hooks and titles as measured on 0.61.0.
///
/// Its dialogs cannot be answered from afar: a hook can forbid a tool, not allow one that it asks about.
record Gemini() implements Agent {
    /// What comes sooner after a text it takes for a part of it.
    private static final Duration PAUSE = Duration.ofMillis(400);

    @Override
    public Launch launch(Project project, LaunchSite site, Conversation conversation) {
        List<String> argv = new ArrayList<>();
        argv.add(project.executable().orElse("gemini"));
        switch (conversation) {
            case Conversation.Fresh(String id) -> argv.addAll(List.of("--session-id", id));
            case Conversation.Resumed(String id) -> argv.addAll(List.of("--resume", id));
        }
        project.permissionMode().ifPresent(mode -> argv.addAll(List.of("--approval-mode", mode)));
        if (project.trust()) {
            argv.add("--skip-trust");
        }
        argv.addAll(project.args());
        Map<String, String> environment = new LinkedHashMap<>(Environment.of(project, site));
        GeminiHome home = GeminiHome.of(environment, site.folder().resolve("gemini"));
        environment.put(GeminiHome.VARIABLE, home.folder().toString());
        // else it starts itself anew as a child, and its pid and signals would not be the agent's
        environment.putIfAbsent("GEMINI_CLI_NO_RELAUNCH", "true");
        return new Launch(argv, environment, home.files(site), home.folders(), home.links());
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Optional<String> newConversation() {
        return Optional.of(UUID.randomUUID().toString());
    }

    /// It reports its session, shows its composer, and then begins once more with the history of a resumed
    /// conversation: what was typed is gone (0.61.0).
    @Override
    public Duration settling() {
        return Duration.ofMillis(1500);
    }

    @Override
    public boolean resumesOnlyPrompted() {
        return true;
    }

    @Override
    public List<AgentEvent> heard(String payload, Instant at) {
        return GeminiEvents.read(payload);
    }

    /// No hook tells that a dialog was refused at the terminal, nor that it was answered before its tool has ended.
    @Override
    public Optional<AgentEvent.StatusPrinted> titled(String title) {
        return GeminiScreen.titled(title);
    }

    @Override
    public boolean showsComposer(Supplier<String> screen) {
        return GeminiScreen.showsComposer(screen.get());
    }

    /// While it works it draws its spinner more than once a second. A day's quota that is used up opens a dialog of
    /// which neither a hook nor the title tells (0.61.0).
    @Override
    public Optional<Duration> silenceOfDialogs() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public Optional<AgentEvent.TurnFailed> failure(List<String> transcript) {
        return GeminiFailure.read(transcript);
    }

    @Override
    public Keystrokes keystrokes(String message, boolean bracketedPaste) {
        return Keystrokes.paste(message).after(PAUSE);
    }

    @Override
    public byte[] interrupt() {
        return new byte[] {0x1b};
    }

    @Override
    public Keystrokes quit() {
        return Keystrokes.command("/quit").after(PAUSE);
    }
}
