package dev.agentctl.project;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one mapping says of a project: its own entry, or the defaults under it. Nothing is filled in yet.
///
/// @param given the keys that are written, also those whose value was refused
/// @param envFile the entry with its text, since the file itself is looked up below each project's directory
/// @param prompt empty text where a project takes the defaults' prompt away
record ProjectKeys(
        Set<String> given,
        Optional<Path> directory,
        Optional<AgentKind> agent,
        Optional<String> executable,
        Optional<List<String>> args,
        Map<String, String> env,
        Optional<EnvFile> envFile,
        Optional<String> prompt,
        Optional<Boolean> autostart,
        Optional<RestartMode> restart,
        Optional<OnCrash> onCrash,
        Optional<Duration> stopTimeout,
        Optional<Duration> stuckAfter,
        Optional<String> permissionMode,
        Optional<Boolean> trust,
        Optional<Boolean> seeOthers,
        Optional<Approvals> approvals,
        Optional<Verbosity> verbosity,
        Optional<Limits> limits,
        Optional<Sandbox> sandbox,
        Optional<List<Path>> sendSecrets,
        Habits habits) {
    /// All keys that a project can have, in the order that messages list them.
    static final List<String> KNOWN = Stream.concat(
                    Stream.of(
                            "name",
                            "directory",
                            "agent",
                            "executable",
                            "args",
                            "env",
                            "env_file",
                            "prompt",
                            "autostart",
                            "restart",
                            "on_crash",
                            "stop_timeout",
                            "stuck_after",
                            "permission_mode",
                            "trust",
                            "see_others",
                            "approvals",
                            "chat",
                            "limits",
                            "sandbox",
                            "send_secrets"),
                    HabitKeys.KNOWN.stream())
            .toList();

    /// The keys that can stand under `defaults`.
    static final List<String> SHARED = KNOWN.subList(1, KNOWN.size());

    private static final Duration LONGEST_STOP = Duration.ofHours(1);
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SILENCE = Duration.ofHours(24);
    private static final Set<String> OURS = Set.of("AGENTCTL_TOKEN", "AGENTCTL_SESSION");

    /// An `env_file` key and its text, with variables replaced.
    record EnvFile(Entry entry, String path) {}

    /// Where there are no defaults.
    static ProjectKeys none(Reading reading) {
        return read(new Section(reading, 1, "", Map.of()));
    }

    static ProjectKeys read(Section section) {
        return new ProjectKeys(
                Set.copyOf(section.keys()),
                section.entry("directory").flatMap(Entry::path),
                section.entry("agent").flatMap(ProjectKeys::agent),
                section.entry("executable").flatMap(Entry::pathText),
                section.entry("args").flatMap(args -> args.texts("[\"--model\", \"opus\"]")),
                section.entry("env").map(ProjectKeys::env).orElse(Map.of()),
                section.entry("env_file").flatMap(entry -> entry.pathText().map(path -> new EnvFile(entry, path))),
                section.entry("prompt").flatMap(Entry::text),
                section.entry("autostart").flatMap(Entry::flag),
                section.entry("restart").flatMap(ProjectKeys::restart),
                section.entry("on_crash").flatMap(ProjectKeys::onCrash),
                section.entry("stop_timeout").flatMap(ProjectKeys::stopTimeout),
                section.entry("stuck_after").flatMap(ProjectKeys::stuckAfter),
                section.entry("permission_mode").flatMap(ProjectKeys::permissionMode),
                section.entry("trust").flatMap(Entry::flag),
                section.entry("see_others").flatMap(Entry::flag),
                section.entry("approvals").flatMap(ApprovalsSection::read),
                section.entry("chat").flatMap(ChatSection::read),
                section.entry("limits").flatMap(LimitsSection::read),
                section.entry("sandbox").flatMap(SandboxSection::read),
                section.entry("send_secrets").flatMap(ProjectKeys::inside),
                HabitKeys.read(section));
    }

    /// These keys, and where they are silent the defaults'. Variables are merged one by one.
    ProjectKeys over(ProjectKeys defaults) {
        Set<String> keys = new HashSet<>(defaults.given);
        keys.addAll(given);
        Map<String, String> merged = new LinkedHashMap<>(defaults.env);
        merged.putAll(env);
        return new ProjectKeys(
                keys,
                directory.or(defaults::directory),
                agent.or(defaults::agent),
                executable.or(defaults::executable),
                args.or(defaults::args),
                merged,
                envFile.or(defaults::envFile),
                prompt.or(defaults::prompt),
                autostart.or(defaults::autostart),
                restart.or(defaults::restart),
                onCrash.or(defaults::onCrash),
                stopTimeout.or(defaults::stopTimeout),
                stuckAfter.or(defaults::stuckAfter),
                permissionMode.or(defaults::permissionMode),
                trust.or(defaults::trust),
                seeOthers.or(defaults::seeOthers),
                approvals.or(defaults::approvals),
                verbosity.or(defaults::verbosity),
                limits.or(defaults::limits),
                sandbox.or(defaults::sandbox),
                sendSecrets.or(defaults::sendSecrets),
                habits.over(defaults.habits));
    }

    /// Whether a child may be given a variable of that name; otherwise why not.
    static Optional<String> refusedVariable(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*+")) {
            return Optional.of("is no name of a variable; use letters, digits and '_'");
        }
        return OURS.contains(name) ? Optional.of("is set by agentctl itself; choose another name") : Optional.empty();
    }

    private static Optional<AgentKind> agent(Entry entry) {
        String choices = Arrays.stream(AgentKind.values()).map(AgentKind::word).collect(Collectors.joining(", "));
        return entry.oneOf(AgentKind::of, "one of " + choices);
    }

    private static Map<String, String> env(Entry entry) {
        Map<String, String> variables = new LinkedHashMap<>();
        entry.entries("{KEY: value}").orElse(Map.of()).forEach((name, value) -> {
            Optional<String> refused = refusedVariable(name);
            refused.ifPresent(value::problem);
            if (refused.isEmpty()) {
                value.shellText().ifPresent(text -> variables.put(name, text));
            }
        });
        return variables;
    }

    /// Files below each project's directory.
    private static Optional<List<Path>> inside(Entry entry) {
        String example = ".env.example";
        return entry.items("[" + example + "]")
                .map(items -> items.stream()
                        .flatMap(item -> item
                                .oneOf(
                                        ProjectKeys::insidePath,
                                        "a path inside the project's directory such as " + example)
                                .stream())
                        .toList());
    }

    private static Optional<Path> insidePath(String word) {
        try {
            Path path = Path.of(word).normalize();
            return Optional.of(path)
                    .filter(inside -> !inside.isAbsolute() && !inside.toString().isEmpty() && !inside.startsWith(".."));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<RestartMode> restart(Entry entry) {
        return entry.oneOf(
                word -> RestartMode.of(word.toLowerCase(Locale.ROOT)), "always, on-failure, unless-stopped or no");
    }

    private static Optional<OnCrash> onCrash(Entry entry) {
        return entry.oneOf(word -> OnCrash.of(word.toLowerCase(Locale.ROOT)), "continue, idle or rerun");
    }

    private static Optional<Duration> stopTimeout(Entry entry) {
        return entry.oneOf(
                word -> Durations.parse(word).filter(duration -> duration.compareTo(LONGEST_STOP) <= 0),
                "a duration such as 500ms, 10s or 2m, at most 1h");
    }

    private static Optional<Duration> stuckAfter(Entry entry) {
        return entry.oneOf(
                word -> Durations.parse(word)
                        .filter(duration ->
                                duration.compareTo(SHORTEST_SILENCE) >= 0 && duration.compareTo(LONGEST_SILENCE) <= 0),
                "a duration such as 90s, 10m or 2h, from 5s to 24h");
    }

    private static Optional<String> permissionMode(Entry entry) {
        return entry.oneOf(
                word -> word.matches("[a-zA-Z][a-zA-Z0-9_-]{0,63}") ? Optional.of(word) : Optional.empty(),
                "a single word, as the agent calls it");
    }
}
