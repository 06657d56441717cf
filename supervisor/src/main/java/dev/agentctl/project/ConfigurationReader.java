package dev.agentctl.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/// Reads and checks the YAML file, together with the files that it names. Any thread may call; it changes nothing,
/// bounds what it reads, and never throws for bad input.
public final class ConfigurationReader {
    private static final List<String> KNOWN = List.of("telegram", "mcp", "defaults", "projects");

    /// As many bytes as the longest text that is accepted can have in UTF-8.
    private static final int LARGEST = 4 << 20;

    /// Reads a configuration and reports everything that is wrong with it at once.
    ///
    /// @param environment where `${VAR}` is looked up
    /// @param home what `~` stands for
    public ConfigurationResult read(Path file, Map<String, String> environment, Path home) {
        Path absolute = file.toAbsolutePath();
        Problems problems = new Problems(absolute);
        Optional<String> refusal = refusal(absolute);
        if (refusal.isPresent()) {
            problems.add(0, refusal.get());
            return new ConfigurationResult.Invalid(problems.sorted());
        }
        Path parent = absolute.getParent();
        Reading reading = new Reading(parent == null ? absolute : parent, new Variables(environment, home), problems);
        Optional<Configuration> configuration = text(absolute, problems)
                .flatMap(text -> YamlDocument.read(text, problems))
                .flatMap(root -> configuration(root, reading));
        return configuration.isPresent() && problems.none()
                ? new ConfigurationResult.Valid(configuration.get(), problems.warnings())
                : new ConfigurationResult.Invalid(problems.sorted());
    }

    /// Why the file must not even be looked into.
    private static Optional<String> refusal(Path file) {
        if (Files.notExists(file)) {
            return Optional.of("no configuration file " + file + "; write one with: agentctl setup");
        }
        try {
            return FileAccess.of(file).flatMap(access -> access.unsafe(file));
        } catch (IOException e) {
            return Optional.of("cannot read " + file + ": " + TextFile.reason(e));
        }
    }

    private static Optional<String> text(Path file, Problems problems) {
        return switch (TextFile.read(file, LARGEST)) {
            case TextFile.Text(String text) -> Optional.of(text);
            case TextFile.Refused(int line, String reason) -> {
                problems.add(line, reason);
                yield Optional.empty();
            }
        };
    }

    private static Optional<Configuration> configuration(Node root, Reading reading) {
        return Section.of(root, "", KNOWN, reading)
                .map(section -> new Configuration(
                        reading.problems().file(),
                        section.entry("telegram").flatMap(TelegramSection::read),
                        section.entry("mcp").map(McpSection::read).orElse(McpSettings.DEFAULT),
                        ProjectList.read(section)));
    }
}
