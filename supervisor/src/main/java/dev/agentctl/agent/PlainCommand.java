package dev.agentctl.agent;

import dev.agentctl.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Any terminal program. It reports nothing; a message is typed when the patterns of its project find it ready, at once
/// where there are none, and that it was typed is all that is claimed. To go on with what it did it may be given other
/// arguments. It may still use the MCP endpoint, whose address and token are in its environment.
record PlainCommand() implements Agent {
    @Override
    public Launch launch(Project project, LaunchSite site, Conversation conversation) {
        List<String> argv = new ArrayList<>();
        argv.add(project.executable().orElseThrow());
        argv.addAll(
                switch (conversation) {
                    case Conversation.Fresh _ -> project.args();
                    case Conversation.Resumed _ -> project.habits().resumeArgs().orElse(project.args());
                });
        return new Launch(argv, Environment.of(project, site), Map.of());
    }

    @Override
    public boolean reports() {
        return false;
    }

    @Override
    public Optional<String> newConversation() {
        return Optional.empty();
    }

    @Override
    public Keystrokes keystrokes(String message, boolean bracketedPaste) {
        return Keystrokes.line(message, bracketedPaste);
    }

    /// Nothing that every program understands; the signal follows.
    @Override
    public byte[] interrupt() {
        return new byte[] {0x03};
    }

    @Override
    public Keystrokes quit() {
        return new Keystrokes(new byte[0], java.time.Duration.ZERO, new byte[0]);
    }
}
