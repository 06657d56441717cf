package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// A console without a terminal: reads a line, prints all that it caused, and only then reads the next one.
final class LineChatter implements Chatter {
    private final Surroundings surroundings;
    private final ConsoleLink link;

    LineChatter(Surroundings surroundings, ConsoleLink link) {
        this.surroundings = surroundings;
        this.link = link;
    }

    @Override
    public void run() throws CommandFailure, IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !ConsoleCommand.isQuit(line)) {
            if (!line.isBlank()) {
                say(line);
            }
            line = lines.readLine();
        }
    }

    private void say(String line) throws CommandFailure, IOException, InterruptedException {
        send(line);
        try {
            ControlReply reply = link.receive();
            while (!(reply instanceof ControlReply.LineDone)) {
                print(reply);
                reply = link.receive();
            }
        } catch (IOException e) {
            // it may have been done: to say it again could do it twice
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the supervisor went away before it had answered '" + Printable.line(line)
                            + "'; whether that was done is not known, look with: agentctl status",
                    e);
        }
    }

    /// To the supervisor of now: where it was restarted between two lines nothing was lost.
    private void send(String line) throws CommandFailure, IOException, InterruptedException {
        try {
            link.say(line);
        } catch (IOException e) {
            if (!link.reopen()) {
                throw ConsoleCommand.gone(e);
            }
            link.say(line);
        }
    }

    private void print(ControlReply reply) throws CommandFailure {
        if (!(reply instanceof ControlReply.Said said)) {
            throw Answers.unexpected(reply);
        }
        surroundings.out().println(SaidText.of(said));
    }
}
