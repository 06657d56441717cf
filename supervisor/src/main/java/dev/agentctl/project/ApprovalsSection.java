package dev.agentctl.project;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a project's `approvals`.
final class ApprovalsSection {
    private static final List<String> KNOWN = List.of("timeout", "unattended");
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private ApprovalsSection() {}

    static Optional<Approvals> read(Entry entry) {
        return Section.of(entry.node(), " in 'approvals'", KNOWN, entry.reading())
                .map(section -> new Approvals(
                        section.entry("timeout")
                                .flatMap(ApprovalsSection::timeout)
                                .orElse(Approvals.DEFAULT.timeout()),
                        section.entry("unattended")
                                .flatMap(ApprovalsSection::unattended)
                                .orElse(Approvals.DEFAULT.unattended())));
    }

    private static Optional<Duration> timeout(Entry entry) {
        return entry.oneOf(
                word -> Durations.parse(word)
                        .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0),
                "a duration such as 90s, 30m or 12h, from 1s to 168h");
    }

    private static Optional<Approvals.Unattended> unattended(Entry entry) {
        return entry.oneOf(
                word -> switch (word.toLowerCase(Locale.ROOT)) {
                    case "ask" -> Optional.of(Approvals.Unattended.ASK);
                    case "deny" -> Optional.of(Approvals.Unattended.DENY);
                    default -> Optional.empty();
                },
                "ask or deny");
    }
}
