package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.Exec;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "service",
        header = "Let systemd start host and supervisor at boot, and again when they fail",
        description = {
            "%ninstall writes two units, one of the host with the agents and one of the supervisor, enables and starts"
                    + " them; uninstall takes them out; status shows them. Both roles tell systemd that they are well;"
                    + " one that hangs is started anew. `agentctl upgrade` works as without systemd.",
            "%nUnits of your user run while you are logged in, and always with: loginctl enable-linger. What the"
                    + " supervisor needs of your environment, such as TELEGRAM_BOT_TOKEN, goes into the file"
                    + " `environment` beside the configuration (mode 600).",
            "%n`run host` and `run supervisor` are what the units call."
        },
        footer = {
            "%nExamples:",
            "  agentctl service install --dry-run            only look",
            "  agentctl service install",
            "  agentctl service install --system --dry-run | sudo sh      as your user"
        })
final class ServiceCommand extends Verb {
    /// What is asked.
    enum Action {
        install,
        uninstall,
        status,
        run
    }

    @Parameters(index = "0", paramLabel = "ACTION", description = "install, uninstall, status, or run.")
    private Action action = Action.status;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ROLE", description = "For run: host or supervisor.")
    private String role = "";

    @Option(names = "--system", description = "Units of the machine, which run as your user, instead of your own.")
    private boolean system;

    @Option(names = "--dry-run", description = "Print what would be done, as a shell script.")
    private boolean dryRun;

    @Option(names = "--json", description = "For status: one JSON object.")
    private boolean json;

    ServiceCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        return switch (action) {
            case install -> install();
            case uninstall -> uninstall();
            case status -> status();
            case run -> become();
        };
    }

    private ExitCode install() throws CommandFailure, IOException, InterruptedException {
        ServiceUnits units = new ServiceUnits(root(), system);
        Map<String, String> texts = units.texts();
        if (dryRun) {
            script(units, texts);
            return ExitCode.OK;
        }
        requireSystemd();
        requireNobodyRuns();
        Path state = root().preparedState().path();
        write(units, texts);
        Systemd systemd = new Systemd(system);
        systemd.require("daemon-reload");
        systemd.require("enable", "--now", ServiceUnits.NAMES.get(0), ServiceUnits.NAMES.get(1));
        surroundings().out().println("host and supervisor run as services; their logs are in " + state);
        if (!system) {
            surroundings().out().println("to keep them running while you are logged out: loginctl enable-linger");
        }
        return ExitCode.OK;
    }

    /// Two hosts cannot serve one state folder.
    private void requireNobodyRuns() throws CommandFailure {
        StateFolder folder = surroundings().state();
        if (HostCall.presence(folder).process().isPresent()) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "agentctl runs already for " + folder.path() + "; stop it first with: agentctl down");
        }
    }

    private static void write(ServiceUnits units, Map<String, String> texts)
            throws CommandFailure, IOException, InterruptedException {
        Path folder = units.folder();
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                written.add(Files.writeString(folder.resolve(text.getKey()), text.getValue()));
            }
        } catch (AccessDeniedException e) {
            throw new CommandFailure(
                    ExitCode.NOT_PERMITTED,
                    "no permission to write " + e.getFile()
                            + "; run: agentctl service install --system --dry-run | sudo sh",
                    e);
        }
        var objection = Systemd.objection(written, units.system());
        if (objection.isPresent()) {
            throw new CommandFailure(
                    ExitCode.ERROR, "systemd does not accept the units in " + folder + ": " + objection.get());
        }
    }

    private void script(ServiceUnits units, Map<String, String> texts) {
        Systemd systemd = new Systemd(system);
        var out = surroundings().out();
        out.println("set -e");
        String state = "'" + surroundings().state().path() + "'";
        out.println("mkdir -p '" + units.folder() + "'");
        out.println(
                system
                        ? "install -d -m 700 -o '" + System.getProperty("user.name") + "' " + state
                        : "mkdir -p -m 700 " + state);
        texts.forEach((name, text) -> {
            out.println("cat >'" + units.folder().resolve(name) + "' <<'AGENTCTL'");
            out.print(text);
            out.println("AGENTCTL");
        });
        out.println(String.join(" ", systemd.command("daemon-reload")));
        out.println(String.join(" ", systemd.command("enable", "--now")) + " " + String.join(" ", ServiceUnits.NAMES));
    }

    private ExitCode uninstall() throws CommandFailure, IOException, InterruptedException {
        requireSystemd();
        ServiceUnits units = new ServiceUnits(root(), system);
        Systemd systemd = new Systemd(system);
        // the supervisor first: it would start a host anew
        for (String name : ServiceUnits.NAMES.reversed()) {
            if (Files.exists(units.folder().resolve(name))) {
                systemd.require("disable", "--now", name);
                Files.delete(units.folder().resolve(name));
                surroundings().out().println("removed " + name);
            }
        }
        systemd.require("daemon-reload");
        return ExitCode.OK;
    }

    private ExitCode status() throws CommandFailure, IOException, InterruptedException {
        requireSystemd();
        Systemd systemd = new Systemd(system);
        Path folder = new ServiceUnits(root(), system).folder();
        List<UnitState> units = new ArrayList<>();
        for (String name : ServiceUnits.NAMES) {
            units.add(Files.exists(folder.resolve(name)) ? systemd.look(name) : UnitState.notInstalled(name));
        }
        surroundings().out().print(json ? UnitState.json(units) + "\n" : UnitState.text(units));
        return units.stream().allMatch(UnitState::runs) ? ExitCode.OK : ExitCode.NOT_RUNNING;
    }

    private void requireSystemd() throws CommandFailure {
        if (!Systemd.runs()) {
            String install = Objects.toString(System.getProperty(ServiceUnits.INSTALL), "");
            String launcher = install.isEmpty() ? "agentctl" : install + "/scripts/agentctl";
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "systemd does not run this machine; with cron, put this line into your crontab: @reboot " + launcher
                            + " up --detach");
        }
    }

    /// Turns this process into the role, so that systemd watches the role itself.
    private ExitCode become() throws CommandFailure, IOException {
        root().preparedState();
        RoleLaunch launch = switch (role) {
            case "host" -> RoleLaunch.HOST;
            case "supervisor" -> surroundings().supervisor();
            default -> throw new CommandFailure(ExitCode.USAGE, "run what? say host or supervisor");
        };
        Exec.run(launch.command(), Set.of());
        return ExitCode.ERROR;
    }
}
