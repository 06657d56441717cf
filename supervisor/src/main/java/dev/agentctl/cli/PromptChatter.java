package dev.agentctl.cli;

import dev.agentctl.control.ControlClient;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A console at a terminal: a prompt with a history, and above it what is said, whenever it is said.
final class PromptChatter implements Chatter {
    private static final String PROMPT = "agentctl> ";
    private static final int LINES_KEPT = 1_000;

    private final Agentctl root;
    private final ControlClient client;
    private volatile boolean gone;

    PromptChatter(Agentctl root, ControlClient client) {
        this.root = root;
        this.client = client;
    }

    @Override
    public void run() throws CommandFailure, IOException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).graphemeCluster(false).build()) {
            LineReader reader = reader(terminal);
            terminal.writer().println("/help shows the commands, /quit or Ctrl-D leaves");
            Thread prompt = Thread.currentThread();
            Thread.ofVirtual().name("console").start(() -> listen(reader, prompt));
            boolean more = true;
            while (more) {
                more = talk(reader);
            }
        }
    }

    private LineReader reader(Terminal terminal) throws IOException {
        // no escapes and no quotes: a message is what was typed
        DefaultParser plain = new DefaultParser().escapeChars(new char[0]).quoteChars(new char[0]);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("agentctl")
                .parser(plain)
                .completer(new ChatCompleter(root))
                .variable(LineReader.HISTORY_FILE, history())
                .variable(LineReader.HISTORY_FILE_SIZE, LINES_KEPT)
                .variable(LineReader.HISTORY_SIZE, LINES_KEPT)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /// What was typed may be confidential, so only its owner may read it.
    private Path history() throws IOException {
        Path file = root.surroundings().state().path().resolve("console-history");
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return file;
    }

    /// Takes one line; false when it was the last.
    private boolean talk(LineReader reader) throws CommandFailure {
        try {
            String line = reader.readLine(PROMPT);
            if (ConsoleCommand.isQuit(line)) {
                return false;
            }
            if (!line.isBlank()) {
                client.send(new ControlRequest.ConsoleLine(line));
            }
            return true;
        } catch (EndOfFileException _) {
            return false;
        } catch (UserInterruptException | IOError e) {
            if (gone) {
                throw ConsoleCommand.gone(e);
            }
            // Ctrl-C drops the line, as in a shell
            return true;
        } catch (IOException e) {
            // it went away while the line was being written
            throw ConsoleCommand.gone(e);
        }
    }

    private void listen(LineReader reader, Thread prompt) {
        try {
            while (true) {
                if (client.receive() instanceof ControlReply.Said said) {
                    reader.printAbove(SaidText.of(said));
                }
            }
        } catch (IOException _) {
            gone = true;
            prompt.interrupt();
        }
    }
}
