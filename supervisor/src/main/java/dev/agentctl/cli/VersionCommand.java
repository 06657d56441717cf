package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.Version;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "version", header = "Show the version of this command line")
final class VersionCommand extends Verb {
    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    VersionCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() {
        surroundings().out().println(json ? object() : "agentctl " + Version.text());
        return ExitCode.OK;
    }

    private static String object() {
        return Json.document()
                .key("version")
                .string(Version.text())
                .key("java")
                .string(Objects.requireNonNullElse(System.getProperty("java.version"), "unknown"))
                .end('}')
                .toString();
    }
}
