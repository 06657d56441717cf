package dev.agentctl.cli;

import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;

/// One command.
abstract class Verb implements Callable<Integer> {
    private final Agentctl root;

    Verb(Agentctl root) {
        this.root = root;
    }

    final Agentctl root() {
        return root;
    }

    final Surroundings surroundings() {
        return root.surroundings();
    }

    @Override
    public final Integer call() throws CommandFailure, IOException, InterruptedException {
        if (heedsSupervisor()) {
            ConfigurationInForce.require(root);
        }
        return run().number();
    }

    /// Whether it is refused where `--config` names another file than the running supervisor goes by. Not so what reads
    /// the file itself, or concerns no supervisor that runs.
    boolean heedsSupervisor() {
        return true;
    }

    /// Whether all that follows the first word is text, dashes and all.
    boolean restIsText() {
        return false;
    }

    /// Does it.
    abstract ExitCode run() throws CommandFailure, IOException, InterruptedException;

    /// Sends a request whose answer may take long, and prints the answer.
    final ExitCode request(ControlRequest request) throws CommandFailure {
        return Answers.print(surroundings(), root.supervisor().askPatiently(request));
    }
}
