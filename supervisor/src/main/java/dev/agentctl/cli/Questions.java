package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/// Asks a person, at their terminal, or line by line where there is none.
sealed interface Questions extends AutoCloseable {
    /// What they answer, without the blanks around it; empty where they just press Enter.
    String ask(String question) throws CommandFailure, IOException;

    /// The same for what nobody may read over their shoulder.
    String askSecretly(String question) throws CommandFailure, IOException;

    @Override
    void close() throws IOException;

    static Questions of(Surroundings surroundings) throws IOException {
        if (!surroundings.interactive()) {
            return new Lines(
                    surroundings, new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)));
        }
        Terminal terminal = OwnTerminal.builder().build();
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new DefaultParser().escapeChars(new char[0]).quoteChars(new char[0]))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
        return new AtTerminal(terminal, reader);
    }

    /// No more answers.
    private static CommandFailure ended() {
        return new CommandFailure(ExitCode.USAGE, "no more answers; nothing was written. Flags answer, too: --help");
    }

    record AtTerminal(Terminal terminal, LineReader reader) implements Questions {
        @Override
        public String ask(String question) throws CommandFailure {
            return read(question, Optional.empty());
        }

        @Override
        public String askSecretly(String question) throws CommandFailure {
            return read(question, Optional.of('*'));
        }

        private String read(String question, Optional<Character> mask) throws CommandFailure {
            try {
                return reader.readLine(question + " ", mask.orElse(null)).strip();
            } catch (UserInterruptException | EndOfFileException _) {
                throw ended();
            }
        }

        @Override
        public void close() throws IOException {
            terminal.close();
        }
    }

    record Lines(Surroundings surroundings, BufferedReader in) implements Questions {
        @Override
        public String ask(String question) throws CommandFailure, IOException {
            surroundings.err().println(question);
            String line = in.readLine();
            if (line == null) {
                throw ended();
            }
            return line.strip();
        }

        @Override
        public String askSecretly(String question) throws CommandFailure, IOException {
            return ask(question);
        }

        @Override
        public void close() {
            // standard input is not ours
        }
    }
}
