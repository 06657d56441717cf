package dev.agentctl.project;

import java.util.List;
import java.util.Optional;

/// Reads `mcp`.
final class McpSection {
    private static final List<String> KNOWN = List.of("tool_prefix", "port", "remote");
    private static final int HIGHEST_PORT = 65535;

    private McpSection() {}

    static McpSettings read(Entry entry) {
        return Section.of(entry.node(), " in 'mcp'", KNOWN, entry.reading())
                .map(McpSection::settings)
                .orElse(McpSettings.DEFAULT);
    }

    private static McpSettings settings(Section section) {
        return new McpSettings(
                section.entry("tool_prefix").flatMap(McpSection::prefix).orElse(McpSettings.DEFAULT.toolPrefix()),
                section.entry("port").flatMap(McpSection::port).orElse(McpSettings.DEFAULT.port()),
                section.entry("remote").flatMap(RemoteSection::read));
    }

    private static Optional<String> prefix(Entry entry) {
        return entry.text().filter(text -> {
            boolean fits = text.matches("[a-zA-Z0-9_-]{0,32}");
            if (!fits) {
                entry.problem("must be up to 32 letters, digits, '_' and '-'");
            }
            return fits;
        });
    }

    private static Optional<Integer> port(Entry entry) {
        Optional<Long> port = entry.number();
        if (port.filter(number -> number < 0 || number > HIGHEST_PORT).isPresent()) {
            entry.problem("must be between 0 and " + HIGHEST_PORT + "; 0 chooses one");
            return Optional.empty();
        }
        return port.map(Math::toIntExact);
    }
}
