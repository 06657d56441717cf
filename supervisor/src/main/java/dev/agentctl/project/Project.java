package dev.agentctl.project;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An entry of the YAML list: what to run, where, and how to keep it alive.
///
/// @param name unique; `[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}`, so it is safe as a file name
/// @param directory absolute; where the child starts. Whether it exists shows in the session's state
/// @param executable empty for the agent's own name on PATH; always present for [AgentKind#COMMAND]
/// @param args the child's further arguments, after those that agentctl adds itself
/// @param env variables for the child over those it inherits; `env_file` is already merged under it
/// @param prompt first message of a fresh conversation
/// @param autostart whether it starts together with the supervisor
/// @param onCrash what it is told after it ended in the middle of a turn
/// @param stopTimeout from asking the child to quit until it is made to
/// @param stuckAfter how long it may give no sign of life while it works before it is called stuck
/// @param permissionMode the agent's own word for how far it may go unasked; empty for the agent's default
/// @param approvals how its dialogs are put before operators who are not at the terminal
/// @param trust whether the operator vouches for the directory, so that the agent's trust question is skipped
/// @param seeOthers whether its agent and those of other projects that say so see and write to each other
/// @param verbosity what the chats are told of its turns while they go on
/// @param habits what is said of a program of kind [AgentKind#COMMAND]
/// @param limits what all its processes together may take of the machine
/// @param sandbox what they see of it; empty where that is all that their user sees
/// @param secrets the values in `env` that no chat is to show
/// @param sendSecrets files in the directory that operators may have sent though they look like they hold secrets
public record Project(
        String name,
        Path directory,
        AgentKind agent,
        Optional<String> executable,
        List<String> args,
        Map<String, String> env,
        Optional<String> prompt,
        boolean autostart,
        RestartMode restart,
        OnCrash onCrash,
        Duration stopTimeout,
        Duration stuckAfter,
        Optional<String> permissionMode,
        boolean trust,
        boolean seeOthers,
        Approvals approvals,
        Verbosity verbosity,
        Habits habits,
        Limits limits,
        Optional<Sandbox> sandbox,
        List<Secret> secrets,
        List<Path> sendSecrets) {
    public Project {
        args = List.copyOf(args);
        secrets = List.copyOf(secrets);
        sendSecrets = List.copyOf(sendSecrets);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /// Names it only: arguments, environment and prompt may hold secrets.
    @Override
    public String toString() {
        return "Project[" + name + ", " + agent.word() + ", " + directory + "]";
    }
}
