package dev.agentctl.project;

import java.util.List;

/// A project that both configurations have, and that differs.
///
/// @param restartKeys the configuration's keys whose new value only a new child gets to see
/// @param liveKeys the keys whose new value counts from now on, with the child left alone
public record ProjectChange(Project before, Project after, List<String> restartKeys, List<String> liveKeys) {
    public ProjectChange {
        restartKeys = List.copyOf(restartKeys);
        liveKeys = List.copyOf(liveKeys);
    }

    /// Whether the running child has to be replaced before the change holds in full.
    public boolean needsRestart() {
        return !restartKeys.isEmpty();
    }
}
