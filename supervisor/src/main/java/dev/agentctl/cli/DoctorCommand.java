package dev.agentctl.cli;

import dev.agentctl.cli.Finding.Grade;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        header = "See whether this machine and the configuration are ready",
        description = {
            "%nLooks, and changes nothing: Java, the state folder, the configuration, each project's directory and"
                    + " program, the running parts, and what the machine offers. Exit code 1 when something will not"
                    + " work.",
            "%nWith --agent it runs that installed agent instead, for half a minute or more, in a throw-away home and"
                    + " against a model of its own on this machine: no account, no key, and nothing of yours is"
                    + " touched. It tells what of agentctl works with that version, and what the lack of the rest"
                    + " means."
        },
        footer = {
            "%nExamples:",
            "  agentctl doctor",
            "  agentctl doctor --agent claude",
            "  agentctl doctor --json | jq -r '.checks[] | select(.result == \"fail\").message'"
        })
final class DoctorCommand extends Verb {
    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--agent",
            paramLabel = "NAME|PROJECT",
            description = "Try claude, codex, gemini or opencode as it is on PATH, or the program of this project.")
    private @Nullable String agent;

    DoctorCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        return agent == null ? look() : new AgentCheck(root()).run(agent, json);
    }

    private ExitCode look() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        MachineChecks machine = new MachineChecks();
        ConfigurationChecks configuration = new ConfigurationChecks(root());
        findings.add(machine.java());
        findings.add(new RoleChecks(root()).stateFolder());
        findings.addAll(configuration.all());
        findings.addAll(new RoleChecks(root()).running());
        findings.add(machine.terminal(surroundings().state()));
        findings.add(machine.bash(surroundings().environment().getOrDefault("PATH", "")));
        findings.add(machine.processes());
        findings.addAll(machine.containment(surroundings().environment(), configuration.projects()));
        findings.add(machine.descriptors(configuration.projects().size()));
        boolean healthy = findings.stream().noneMatch(finding -> finding.grade() == Grade.FAIL);
        surroundings().out().print(json ? object(findings, healthy) + "\n" : lines(findings));
        return healthy ? ExitCode.OK : ExitCode.ERROR;
    }

    private static String lines(List<Finding> findings) {
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings) {
            String word = finding.grade().word();
            lines.append(word).repeat(' ', 6 - word.length());
            lines.append(Printable.line(finding.message())).append('\n');
        }
        return lines.toString();
    }

    private static String object(List<Finding> findings, boolean healthy) {
        Json json = Json.document().key("ok").flag(healthy).key("checks").begin('[');
        for (Finding finding : findings) {
            json.begin('{').key("name").string(finding.name());
            json.key("result").string(finding.grade().word());
            json.key("message").string(finding.message()).end('}');
        }
        return json.end(']').end('}').toString();
    }
}
