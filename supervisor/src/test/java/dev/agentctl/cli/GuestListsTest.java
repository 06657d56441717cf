package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.cli.CommandRun.Result;
import dev.agentctl.control.ControlReply;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The lists of who may come in: people by a code, clients by a token.
@Timeout(60)
class GuestListsTest {
    @AutoClose
    private final FakeSupervisor supervisor;

    private final CommandRun commands;

    GuestListsTest(@TempDir Path temporary) throws IOException {
        StateFolder folder = new StateFolder(temporary.resolve("state"));
        assertThat(folder.prepare()).isEmpty();
        supervisor = new FakeSupervisor(folder);
        commands = new CommandRun(folder);
    }

    @Test
    void peopleAreListedWithTheirRoles() {
        supervisor.answer(new ControlReply.Text("42\tviewer\n7\towner\n"));
        assertThat(commands.run("pair", "--list")).isEqualTo(new Result(0, "42\tviewer\n7\towner\n", ""));
        assertThat(commands.run("pair", "--list", "--json"))
                .isEqualTo(new Result(
                        0,
                        "{\"schema\":1,\"members\":[{\"id\":\"42\",\"role\":\"viewer\"},"
                                + "{\"id\":\"7\",\"role\":\"owner\"}]}\n",
                        ""));
    }

    @Test
    void anEmptyListSaysHowItGetsAnEntry() {
        supervisor.answer(new ControlReply.Text(""));
        assertThat(commands.run("pair", "--list"))
                .isEqualTo(new Result(0, "nobody has joined by a code; make one with: agentctl pair\n", ""));
        assertThat(commands.run("token", "list"))
                .isEqualTo(new Result(0, "there is no token; make one with: agentctl token create NAME\n", ""));
        assertThat(commands.run("pair", "--list", "--json").out()).isEqualTo("{\"schema\":1,\"members\":[]}\n");
        assertThat(commands.run("token", "list", "--json").out()).isEqualTo("{\"schema\":1,\"tokens\":[]}\n");
    }
}
