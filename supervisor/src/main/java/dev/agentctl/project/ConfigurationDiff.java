package dev.agentctl.project;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a reload changes, project by project. The order of the list means nothing; a renamed project is one removed
/// and one added.
public record ConfigurationDiff(List<Project> added, List<Project> removed, List<ProjectChange> changed) {
    private static final List<Key> KEYS = List.of(
            new Key("directory", true, Project::directory),
            new Key("agent", true, Project::agent),
            new Key("executable", true, Project::executable),
            new Key("args", true, Project::args),
            new Key("env", true, Project::env),
            new Key("permission_mode", true, Project::permissionMode),
            new Key("trust", true, Project::trust),
            new Key("see_others", false, Project::seeOthers),
            // its hook's own limit is told to the agent when it starts
            new Key("approvals", true, Project::approvals),
            new Key("chat", false, Project::verbosity),
            new Key("limits", true, Project::limits),
            new Key("sandbox", true, Project::sandbox),
            new Key("send_secrets", false, Project::sendSecrets),
            new Key("prompt", false, Project::prompt),
            new Key("autostart", false, Project::autostart),
            new Key("restart", false, Project::restart),
            new Key("on_crash", false, Project::onCrash),
            new Key("stop_timeout", false, Project::stopTimeout),
            new Key("stuck_after", false, Project::stuckAfter),
            new Key("ready", false, project -> project.habits().ready()),
            new Key("busy", false, project -> project.habits().busy()),
            new Key("dialog", false, project -> project.habits().dialog()),
            new Key("inject", false, project -> project.habits().inject()),
            new Key("resume_args", false, project -> project.habits().resumeArgs()));

    public ConfigurationDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /// The way from `before` to `after`.
    public static ConfigurationDiff between(Configuration before, Configuration after) {
        List<ProjectChange> changed = new ArrayList<>();
        for (Project old : before.projects()) {
            after.project(old.name())
                    .filter(now -> !now.equals(old))
                    .ifPresent(now -> changed.add(
                            new ProjectChange(old, now, differing(old, now, true), differing(old, now, false))));
        }
        return new ConfigurationDiff(missing(before, after), missing(after, before), changed);
    }

    /// Whether nothing changes.
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /// The projects of `there` that are not `here`.
    private static List<Project> missing(Configuration here, Configuration there) {
        return there.projects().stream()
                .filter(project -> here.project(project.name()).isEmpty())
                .toList();
    }

    private static List<String> differing(Project old, Project now, boolean restart) {
        return KEYS.stream()
                .filter(key -> key.restart == restart && !key.value.apply(old).equals(key.value.apply(now)))
                .map(Key::word)
                .toList();
    }

    /// A key of a project; `restart` where the child reads its value only when it starts.
    private record Key(String word, boolean restart, Function<Project, Object> value) {}
}
