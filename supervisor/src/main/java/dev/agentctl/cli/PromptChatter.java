package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
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

/// A console at a terminal: a prompt with a history, and above it what is said, whenever it is said.
final class PromptChatter implements Chatter {
    private static final String PROMPT = "agentctl> ";
    private static final int LINES_KEPT = 1_000;

    private final Agentctl root;
    private final ConsoleLink link;
    private volatile boolean gone;
    private boolean left; // guarded by this

    PromptChatter(Agentctl root, ConsoleLink link) {
        this.root = root;
        this.link = link;
    }

    @Override
    public void run() throws CommandFailure, IOException {
        try (Terminal terminal = OwnTerminal.builder().build()) {
            // also between two lines: the kernel would make nothing of a Ctrl-D that comes too early for the next
            terminal.enterRawMode();
            LineReader reader = reader(terminal);
            terminal.writer().println("/help shows the commands, /quit or Ctrl-D leaves");
            Thread prompt = Thread.currentThread();
            Thread.ofVirtual().name("console").start(() -> listen(reader, prompt));
            boolean more = true;
            while (more) {
                more = talk(reader);
            }
            leave();
        }
    }

    private synchronized void leave() {
        left = true;
    }

    /// Shows it above the prompt; nowhere once the prompt is left, as the terminal is then no longer ours.
    private synchronized void show(LineReader reader, String text) {
        if (!left) {
            reader.printAbove(text);
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
                say(reader, line);
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
        }
    }

    private void say(LineReader reader, String line) {
        try {
            link.say(line);
        } catch (IOException _) {
            show(reader, "not sent, for the supervisor is being restarted: " + Printable.line(line));
        }
    }

    private void listen(LineReader reader, Thread prompt) {
        try {
            do {
                showAll(reader);
                show(reader, "the supervisor has gone away; waiting for the next one");
            } while (reopened(reader));
        } catch (CommandFailure | IOException _) {
            // as where none comes
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        gone = true;
        prompt.interrupt();
    }

    /// What is said, until the connection ends.
    private void showAll(LineReader reader) {
        try {
            while (true) {
                if (link.receive() instanceof ControlReply.Said said) {
                    show(reader, SaidText.of(said));
                }
            }
        } catch (IOException _) {
            // the supervisor has gone
        }
    }

    private boolean reopened(LineReader reader) throws CommandFailure, IOException, InterruptedException {
        boolean there = link.reopen();
        if (there) {
            show(reader, "it was restarted, and this console goes on; what it was at may not have been done");
        }
        return there;
    }
}
