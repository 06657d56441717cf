package dev.agentctl.project;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a project's `chat`.
final class ChatSection {
    private static final List<String> KNOWN = List.of("progress");

    private ChatSection() {}

    static Optional<Verbosity> read(Entry entry) {
        return Section.of(entry.node(), " in 'chat'", KNOWN, entry.reading())
                .flatMap(section -> section.entry("progress"))
                .flatMap(progress ->
                        progress.oneOf(word -> Verbosity.of(word.toLowerCase(Locale.ROOT)), "off, time or steps"));
    }
}
