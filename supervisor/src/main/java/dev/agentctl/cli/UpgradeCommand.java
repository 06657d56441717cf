package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.Build;
import dev.agentctl.wire.RoleLaunch;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.SuccessionCall;
import dev.agentctl.wire.SuccessionCall.About;
import dev.agentctl.wire.SuccessionCall.Outcome;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "upgrade",
        header = "Let the running host and supervisor become this build; no agent notices",
        description = {
            "%nThe two processes stay and run another program from then on: no agent ends, and none of its output is"
                    + " lost. Whoever is attached sees a short pause; commands and the agents' tools wait. The new"
                    + " build is tried first, and where it fails the old one goes on: for that it must still be where"
                    + " it was, so unpack a new build beside it.",
            "%nWithout a supervisor, only the host is upgraded. The environment, and with it a bot's token, is that of"
                    + " the running supervisor; its configuration is read again."
        },
        footer = {"%nExamples:", "  git pull && scripts/agentctl upgrade", "  agentctl upgrade --json"})
final class UpgradeCommand extends Verb {
    @Option(names = "--force", description = "Also where this build is running already.")
    private boolean force;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    UpgradeCommand(Agentctl root) {
        super(root);
    }

    /// What came of one of the two.
    ///
    /// @param before who ran; empty where nobody did
    /// @param refused why the old one goes on
    private record Upgraded(String role, Optional<About> before, boolean replaced, Optional<String> refused) {
        String line() {
            if (before.isEmpty()) {
                return "no " + role + " is running";
            }
            String process = "the " + role + ", process " + before.get().pid();
            return replaced
                    ? process + ", is now of this build"
                    : process + (refused.isPresent() ? " stays: " + refused.get() : ", is of this build already");
        }
    }

    @Override
    ExitCode run() throws CommandFailure {
        StateFolder folder = surroundings().state();
        SuccessionCall host = new SuccessionCall(folder.hostSocket(), "host");
        SuccessionCall supervisor = new SuccessionCall(folder.supervisorSocket(), "supervisor");
        List<String> next = surroundings().supervisor().command();
        // tried before the host is replaced, which the old supervisor may not understand
        Optional<String> objection = objection(supervisor, next);
        Upgraded first = objection.isPresent()
                ? new Upgraded("host", about(host), false, Optional.of("the supervisor could not follow"))
                : upgrade("host", host, RoleLaunch.HOST.command());
        Upgraded second = first.refused().isPresent()
                ? new Upgraded(
                        "supervisor", about(supervisor), false, objection.or(() -> Optional.of("the host stays")))
                : upgrade("supervisor", supervisor, next);
        if (first.before().isEmpty() && second.before().isEmpty()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, root().supervisor().away());
        }
        print(first, second);
        return first.refused().isPresent() || second.refused().isPresent() ? ExitCode.ERROR : ExitCode.OK;
    }

    private Optional<String> objection(SuccessionCall supervisor, List<String> next) throws CommandFailure {
        Optional<About> running = about(supervisor);
        if (running.isEmpty() || isOurs(running.get())) {
            return Optional.empty();
        }
        try {
            return supervisor.trial(next);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private boolean isOurs(About running) {
        return !force && running.build().equals(Build.own());
    }

    private Upgraded upgrade(String role, SuccessionCall call, List<String> next) throws CommandFailure {
        Optional<About> before = about(call);
        if (before.isEmpty() || isOurs(before.get())) {
            return new Upgraded(role, before, false, Optional.empty());
        }
        try {
            return switch (call.replace(next)) {
                case Outcome.Replaced _ -> new Upgraded(role, before, true, Optional.empty());
                case Outcome.Refused(String reason) -> new Upgraded(role, before, false, Optional.of(reason));
            };
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// Who runs; empty where nobody does.
    private static Optional<About> about(SuccessionCall call) throws CommandFailure {
        try {
            return Optional.of(call.about());
        } catch (SocketException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static CommandFailure failure(IOException e) {
        return new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
    }

    private void print(Upgraded host, Upgraded supervisor) {
        if (json) {
            Json document = Json.document();
            put(document, host);
            put(document, supervisor);
            surroundings().out().println(document.end('}'));
            return;
        }
        for (Upgraded each : List.of(host, supervisor)) {
            if (each.refused().isPresent()) {
                surroundings().err().println("agentctl: " + Printable.line(each.line()));
            } else {
                surroundings().out().println(each.line());
            }
        }
    }

    private static void put(Json document, Upgraded upgraded) {
        document.key(upgraded.role());
        if (upgraded.before().isEmpty()) {
            document.nothing();
            return;
        }
        About before = upgraded.before().get();
        document.begin('{')
                .key("pid")
                .number(before.pid())
                .key("versionBefore")
                .string(before.version())
                .key("replaced")
                .flag(upgraded.replaced())
                .key("refused")
                .optional(upgraded.refused())
                .end('}');
    }
}
