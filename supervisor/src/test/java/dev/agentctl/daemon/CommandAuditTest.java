package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.store.Audit;
import dev.agentctl.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandAuditTest {
    private static final ControlReply DONE =
            new ControlReply.Outcomes(List.of(new Outcome("a", ExitCode.OK, "a: started, process 7")));

    @TempDir
    Path folder;

    @Test
    void whatActsIsKeptWithItsOutcomeAndWithoutWordsKeysAndTokens() {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Audit audit = new Audit(database, InstantSource.system());
            CommandAudit commands = new CommandAudit(audit);
            commands.note(new ControlRequest.Start(List.of("a"), true), DONE);
            commands.note(new ControlRequest.Stop(List.of()), DONE);
            commands.note(new ControlRequest.Send("a", "hidden words", "key"), DONE);
            commands.note(new ControlRequest.Keys("a", List.of("hidden")), DONE);
            commands.note(new ControlRequest.Decide("k3m2xq", new PromptChoice.Approve()), DONE);
            commands.note(
                    new ControlRequest.Decide("k3m2xq", new PromptChoice.Deny("hidden")),
                    new ControlReply.Refused(ExitCode.CONFLICT, "too late"));
            commands.note(new ControlRequest.OpenTools("a"), new ControlReply.Text("7 hidden"));
            commands.note(new ControlRequest.Invite("owner"), new ControlReply.Text("hidden"));
            commands.note(new ControlRequest.Status(Optional.empty()), DONE);
            assertThat(audit.list(20).reversed())
                    .extracting(entry -> entry.chat() + ": " + entry.action() + " = " + entry.outcome())
                    .containsExactly(
                            "command line: start --fresh a = a: started, process 7",
                            "command line: stop --all = a: started, process 7",
                            "command line: send a = a: started, process 7",
                            "command line: keys a = a: started, process 7",
                            "command line: approve k3m2xq = a: started, process 7",
                            "command line: deny k3m2xq = refused: too late",
                            "command line: mcp a = done",
                            "command line: pair --role owner = done");
        }
    }
}
