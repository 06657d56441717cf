package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.picture.PictureException;
import dev.agentctl.picture.ScreenPicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "screen",
        header = "Show what an agent's terminal shows",
        description = {
            "%nPrints the screen as it is now: as text, with its colours, as one JSON object, or as a picture. A"
                    + " picture needs a font of fixed width on this machine."
        },
        footer = {
            "%nExamples:",
            "  agentctl screen project-a",
            "  agentctl screen project-a --ansi --history 200 | less -R",
            "  agentctl screen project-a --watch",
            "  agentctl screen project-a --png screen.png",
            "  agentctl screen project-a --json | jq -r .title"
        })
final class ScreenCommand extends Verb {
    private static final int MOST_HISTORY = 100_000;

    @Parameters(paramLabel = "PROJECT", completionCandidates = NamedProjects.class, description = "Whose terminal.")
    private String project = "";

    @Option(names = "--ansi", description = "With its colours.")
    private boolean ansi;

    @Option(
            names = "--png",
            paramLabel = "FILE",
            description = "A picture of the terminal, with its colours and the cursor; - writes it to standard output.")
    private @Nullable Path png;

    @Option(
            names = "--history",
            paramLabel = "N",
            converter = HistoryLines.class,
            description = "Also the last N lines that scrolled off (none on the alternate screen, see logs).")
    private int history;

    @Option(
            names = {"-w", "--watch"},
            description = "The screen as it changes, in colour and in its place, until q or Ctrl-C; the"
                    + " lowest rows of one that has more than your terminal. Where standard output is no terminal:"
                    + " text, each screen ended by a form feed.")
    private boolean watch;

    @Option(names = "--json", description = "One JSON object: text, size, title, cursor.")
    private boolean json;

    /// What `--history` may be.
    private static final class HistoryLines extends WholeNumber<Integer> {
        HistoryLines() {
            super(0, MOST_HISTORY, Math::toIntExact);
        }
    }

    ScreenCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        checkOptions();
        if (watch) {
            return surroundings().interactive() ? watchAtTerminal() : watchAsText();
        }
        if (png == null && !json && history == 0) {
            return plain();
        }
        SessionMirror mirror = mirror();
        Path file = png;
        if (file != null) {
            write(file, picture(mirror));
        } else if (json) {
            surroundings().out().println(object(mirror));
        } else {
            surroundings().out().print(ansi ? mirror.ansi(history) : Printable.text(mirror.text(history)));
        }
        return ExitCode.OK;
    }

    private void checkOptions() throws CommandFailure {
        if (Stream.of(ansi, json, png != null).filter(Boolean::booleanValue).count() > 1) {
            throw new CommandFailure(ExitCode.USAGE, "--ansi, --json and --png exclude one another; say one of them");
        }
        if (png != null && png.toString().equals("-") && surroundings().interactive()) {
            throw new CommandFailure(ExitCode.USAGE, "a picture would garble this terminal; name a file, or pipe it");
        }
        if (watch && (json || png != null || history > 0)) {
            throw new CommandFailure(ExitCode.USAGE, "--watch shows the screen alone; leave out the others");
        }
        if (history > 0 && png != null) {
            throw new CommandFailure(ExitCode.USAGE, "--png shows the screen without its history; leave --history out");
        }
    }

    private ExitCode watchAtTerminal() throws CommandFailure, IOException, InterruptedException {
        try (ClientTerminal terminal = ClientTerminal.open()) {
            ScreenView view = new ScreenView();
            terminal.write("\u001b[?1049h".getBytes(StandardCharsets.US_ASCII));
            try (ScreenWatch looking = new ScreenWatch(root(), project, mirror -> {
                terminal.write(view.lowest(mirror.screen(), terminal.size()));
                return true;
            })) {
                terminal.onResize(looking::frame);
                terminal.onResume(() -> {
                    view.forget();
                    looking.frame();
                });
                Thread.ofPlatform().daemon().name("keyboard").start(() -> awaitEnd(terminal, looking));
                Farewell end = looking.run();
                if (!end.line().isEmpty()) {
                    terminal.lastWords(surroundings().err(), end.line());
                }
                return end.code();
            }
        }
    }

    private static void awaitEnd(ClientTerminal terminal, ScreenWatch looking) {
        byte[] keys = new byte[64];
        try {
            int count = terminal.read(keys);
            while (count > 0 && !leaves(keys, count)) {
                count = terminal.read(keys);
            }
        } catch (IOException _) {
            // the terminal is gone
        }
        looking.end(new Farewell(ExitCode.OK, ""));
    }

    /// Whether q, Ctrl-C, Ctrl-D or Ctrl-\ is among them: several come at once from hasty fingers.
    private static boolean leaves(byte[] keys, int count) {
        return IntStream.range(0, count).anyMatch(i -> "q\u0003\u0004\u001c".indexOf(keys[i]) >= 0);
    }

    private ExitCode watchAsText() throws CommandFailure, IOException, InterruptedException {
        String[] last = {""};
        try (ScreenWatch looking = new ScreenWatch(root(), project, mirror -> {
            String text = ansi ? mirror.ansi(0) : Printable.text(mirror.text(0));
            if (!text.equals(last[0])) {
                last[0] = text;
                surroundings().out().print(text + "\f");
                surroundings().out().flush();
            }
            return !surroundings().out().checkError();
        })) {
            return said(looking.run());
        }
    }

    private ExitCode said(Farewell end) {
        if (!end.line().isEmpty()) {
            surroundings().err().println(end.line());
        }
        return end.code();
    }

    private ExitCode plain() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.ShowScreen(project, ansi));
        if (!(reply instanceof ControlReply.Text screen)) {
            throw Answers.unexpected(reply);
        }
        if (screen.text().isBlank()) {
            requireProcess();
        }
        // colours are sequences that our own emulator wrote; text has no business holding any
        String text = ansi ? screen.text() : Printable.text(screen.text());
        surroundings().out().print(text.endsWith("\n") ? text : text + "\n");
        return ExitCode.OK;
    }

    /// An agent that does not run may have left its last picture. Where there is none, nothing would not tell why.
    private void requireProcess() throws CommandFailure {
        if (root().supervisor().ask(new ControlRequest.Status(Optional.of(project)))
                        instanceof ControlReply.Report report
                && !report.sessions().isEmpty()
                && report.sessions().getFirst().pid() == 0) {
            throw new CommandFailure(
                    ExitCode.NOT_RUNNING,
                    project + " is " + report.sessions().getFirst().state()
                            + " and its screen is blank; start it with: agentctl start " + project);
        }
    }

    private SessionMirror mirror() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.Redraw(project, history));
        if (!(reply instanceof ControlReply.Painted painted)) {
            throw Answers.unexpected(reply);
        }
        return new SessionMirror(painted.columns(), painted.rows(), history, painted.bytes());
    }

    private static byte[] picture(SessionMirror mirror) throws CommandFailure {
        try {
            return ScreenPicture.png(mirror.screen());
        } catch (PictureException e) {
            throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private void write(Path file, byte[] picture) throws CommandFailure, IOException {
        if (file.toString().equals("-")) {
            surroundings().out().write(picture);
            return;
        }
        try {
            Files.write(file, picture);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "cannot write " + file + " (" + reason(e) + "); name a file in a folder that you may write to",
                    e);
        }
    }

    /// Java leaves the reason out where the exception's type is the reason.
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such folder";
            case AccessDeniedException _ -> "no permission";
            case FileSystemException known when known.getReason() != null -> String.valueOf(known.getReason());
            case FileSystemException _ -> "input/output error";
            default -> String.valueOf(e.getMessage());
        };
    }

    private Json object(SessionMirror mirror) {
        var screen = mirror.screen();
        Json json = Json.document().key("project").string(project);
        json.key("columns").number(screen.columns()).key("rows").number(screen.rows());
        json.key("title").string(screen.title()).key("alternate").flag(screen.alternate());
        json.key("cursor").begin('{').key("row").number(screen.cursorRow()).key("column");
        json.number(screen.cursorColumn())
                .key("visible")
                .flag(screen.cursorVisible())
                .end('}');
        return json.key("text").string(mirror.text(history)).end('}');
    }
}
