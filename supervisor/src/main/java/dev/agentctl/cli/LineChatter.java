package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// A console without a terminal: reads a line, prints all that it caused, and only then reads the next one.
final class LineChatter implements Chatter {
    private final Surroundings surroundings;
    private final ControlClient client;

    LineChatter(Surroundings surroundings, ControlClient client) {
        this.surroundings = surroundings;
        this.client = client;
    }

    @Override
    public void run() throws CommandFailure, IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !ConsoleCommand.isQuit(line)) {
            if (!line.isBlank()) {
                say(line);
            }
            line = lines.readLine();
        }
    }

    private void say(String line) throws CommandFailure, IOException {
        client.send(new ControlRequest.ConsoleLine(line));
        try {
            ControlReply reply = client.receive();
            while (!(reply instanceof ControlReply.LineDone)) {
                print(reply);
                reply = client.receive();
            }
        } catch (EOFException e) {
            throw ConsoleCommand.gone(e);
        }
    }

    private void print(ControlReply reply) throws CommandFailure {
        if (!(reply instanceof ControlReply.Said said)) {
            throw Answers.unexpected(reply);
        }
        surroundings.out().println(SaidText.of(said));
    }
}
