package dev.agentctl.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A folder with an `agentctl.yaml`, to be read with a known home and environment.
final class ConfigurationFolder {
    static final String TOKEN = "123456789:AAtheVerySecretPartOfTheToken_x";

    private final Path folder;
    private final Map<String, String> environment =
            new HashMap<>(Map.of("TELEGRAM_BOT_TOKEN", TOKEN, "EMPTY", "", "MODEL", "opus"));

    ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /// Writes a file that only we may read.
    Path write(String name, byte[] content) throws IOException {
        Path file = path(name);
        Files.createDirectories(folder);
        Files.write(file, content);
        return chmod(name, "rw-------");
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path chmod(String name, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
    }

    ConfigurationResult read(String yaml) throws IOException {
        return read(write("agentctl.yaml", yaml));
    }

    ConfigurationResult read(Path file) {
        return new ConfigurationReader().read(file, environment, Path.of("/home/ann"));
    }

    /// Reads what must be right.
    ConfigurationResult.Valid valid(String yaml) throws IOException {
        return switch (read(yaml)) {
            case ConfigurationResult.Valid valid -> valid;
            case ConfigurationResult.Invalid invalid ->
                throw new AssertionError(lines(invalid).toString());
        };
    }

    /// The only project of a file that must be right.
    Project project(String keys) throws IOException {
        return valid("projects:\n  - name: a\n    directory: /src/a\n" + indented(keys))
                .configuration()
                .projects()
                .getFirst();
    }

    /// The problems of a file, as the operator sees them; none where it is right.
    List<String> problems(String yaml) throws IOException {
        return lines(read(yaml));
    }

    static List<String> lines(ConfigurationResult result) {
        return switch (result) {
            case ConfigurationResult.Valid _ -> List.of();
            case ConfigurationResult.Invalid invalid ->
                invalid.problems().stream().map(Problem::toString).toList();
        };
    }

    private static String indented(String keys) {
        return keys.indent(4);
    }
}
