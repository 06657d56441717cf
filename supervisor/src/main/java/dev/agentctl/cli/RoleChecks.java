package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.wire.StateFolder;
import dev.agentctl.wire.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `doctor` looks at in the state folder and the processes that run from it.
final class RoleChecks {
    private final Agentctl root;
    private final StateFolder folder;

    RoleChecks(Agentctl root) {
        this.root = root;
        this.folder = root.surroundings().state();
    }

    Finding stateFolder() throws IOException {
        if (Files.notExists(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
            return Finding.ok("state", "the state folder " + folder.path() + " will be made at the first start");
        }
        Optional<String> complaint = folder.complaint();
        return complaint.isPresent()
                ? Finding.fail("state", complaint.get())
                : Finding.ok("state", "the state folder " + folder.path() + " is ours alone");
    }

    List<Finding> running() {
        List<Finding> findings = new ArrayList<>();
        try {
            ControlReply reply = root.supervisor().ask(new ControlRequest.Status(Optional.empty()));
            if (reply instanceof ControlReply.Report report) {
                findings.add(process("supervisor", report.supervisor()));
                report.notices().forEach(notice -> findings.add(Finding.warn("supervisor", notice)));
            } else {
                findings.add(Finding.fail(
                        "supervisor", String.valueOf(Answers.unexpected(reply).getMessage())));
            }
        } catch (CommandFailure e) {
            String why = String.valueOf(e.getMessage());
            findings.add(
                    e.code() == ExitCode.UNREACHABLE
                            ? Finding.warn("supervisor", why)
                            : Finding.fail("supervisor", why));
        }
        findings.add(host());
        return findings;
    }

    private Finding host() {
        try {
            Optional<RoleProcess> host = HostCall.presence(folder).process();
            return host.isPresent()
                    ? process("host", host.get())
                    : Finding.warn("host", "no host is running; the supervisor starts it");
        } catch (CommandFailure e) {
            return Finding.fail("host", String.valueOf(e.getMessage()));
        }
    }

    private static Finding process(String role, RoleProcess process) {
        String what = "the " + role + " is running, process " + process.pid() + ", version " + process.version();
        return process.version().equals(Version.text())
                ? Finding.ok(role, what)
                : Finding.warn(role, what + ", and this is " + Version.text() + "; no agent notices: agentctl upgrade");
    }
}
