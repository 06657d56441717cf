package dev.agentctl.agent;

import dev.agentctl.project.Project;
import dev.agentctl.wire.ServiceNotice;
import java.util.LinkedHashMap;
import java.util.Map;

/// The environment of a child.
public final class Environment {
    /// Marks every process that a session started, so that those which left its process group can be found.
    public static final String SESSION_COOKIE = "AGENTCTL_SESSION";

    private Environment() {}

    /// What children may inherit of the supervisor's own environment: not what an agent that started the supervisor
    /// left in it, nor what the supervisor alone needs.
    public static Map<String, String> inheritable(Map<String, String> own) {
        Map<String, String> kept = new LinkedHashMap<>(own);
        kept.keySet()
                .removeIf(name -> name.equals("CLAUDECODE")
                        || name.startsWith("CLAUDE_CODE_")
                        || name.startsWith("AGENTCTL_")
                        || name.equals("TELEGRAM_BOT_TOKEN")
                        || name.equals("COLUMNS")
                        || name.equals("LINES")
                        || name.startsWith("TMUX")
                        || name.equals("STY")
                        || ServiceNotice.isOurs(name));
        return kept;
    }

    /// The environment of a project's child: inherited, then the project's own, then ours.
    static Map<String, String> of(Project project, LaunchSite site) {
        Map<String, String> environment = new LinkedHashMap<>(site.environment());
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.put("TERM", "xterm-256color");
        environment.put("COLORTERM", "truecolor");
        environment.put("PWD", project.directory().toString());
        environment.putAll(project.env());
        environment.put(SESSION_COOKIE, site.cookie());
        environment.put("AGENTCTL_TOKEN", site.token());
        environment.put("AGENTCTL_PORT", Integer.toString(site.port()));
        environment.put("AGENTCTL_SPOOL", site.folder().resolve("hooks").toString());
        return environment;
    }
}
