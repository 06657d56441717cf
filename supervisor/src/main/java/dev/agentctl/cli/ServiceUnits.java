package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The units of the service, from the templates in `config`: one of the host, one of the supervisor.
///
/// @param system whether they are the machine's, not the user's own
record ServiceUnits(Agentctl root, boolean system) {
    /// In the order in which they start.
    static final List<String> NAMES = List.of("agentctl-host.service", "agentctl.service");

    /// Where the launcher says that we and our files are.
    static final String INSTALL = "agentctl.install";

    /// Where units of this kind belong.
    Path folder() {
        if (system) {
            return Path.of("/etc/systemd/system");
        }
        String xdg = variable("XDG_CONFIG_HOME");
        Path base = xdg.isEmpty() ? Path.of(variable("HOME"), ".config") : Path.of(xdg);
        return base.resolve("systemd").resolve("user");
    }

    /// The variables of the supervisor that are not to stand in a unit, which everybody may read.
    Path environmentFile() {
        return root.configuration().resolveSibling("environment");
    }

    /// Text by name.
    Map<String, String> texts() throws CommandFailure, IOException {
        String install = System.getProperty(INSTALL);
        if (install == null) {
            throw new CommandFailure(ExitCode.ERROR, "where agentctl lies is not known; run it by scripts/agentctl");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : NAMES) {
            texts.put(name, filled(Files.readString(Path.of(install, "config", name)), install));
        }
        return texts;
    }

    private String filled(String template, String install) throws CommandFailure {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("@LAUNCHER@", quoted(install + "/scripts/agentctl"));
        String state = root.surroundings().state().path().toString();
        values.put("@STATE@", escaped(state));
        values.put("@HOME@", quoted("AGENTCTL_HOME=" + state));
        values.put("@CONFIG@", quoted("AGENTCTL_CONFIG=" + root.configuration()));
        // agents are found on it, and a service has hardly any
        values.put("@PATH@", quoted("PATH=" + variable("PATH")));
        values.put("@ENVIRONMENT@", escaped(environmentFile().toString()));
        values.put("@TARGET@", system ? "multi-user.target" : "default.target");
        values.put("@USER@\n", system ? "User=" + System.getProperty("user.name") + "\n" : "");
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }

    /// As one word of a setting that takes several (systemd.syntax(7)).
    private static String quoted(String value) throws CommandFailure {
        return "\"" + escaped(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String escaped(String value) throws CommandFailure {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new CommandFailure(
                    ExitCode.ERROR, "a path with control characters cannot stand in a unit: " + Printable.line(value));
        }
        return value.replace("%", "%%");
    }

    private String variable(String name) {
        return root.surroundings().environment().getOrDefault(name, "");
    }
}
