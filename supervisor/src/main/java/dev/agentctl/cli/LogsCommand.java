package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.terminal.BoundedText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Show what an agent's terminal has shown",
        description = {
            "%nPrints the newest output as plain text, over all restarts: 64 KB of it, unless an option says how much."
                    + " An agent that draws its screen leaves much that was overwritten; for the current picture see:"
                    + " agentctl screen",
            "%nTIME is 10m (that long ago; also 30s, 2h, 3d), 14:05, 2026-11-26 14:05, or ISO 8601. Times are known to"
                    + " about a second, and less exactly where a log is long."
        },
        footer = {
            "%nExamples:",
            "  agentctl logs project-a -f",
            "  agentctl logs project-a --lines 200 --timestamps",
            "  agentctl logs project-a --since 10m",
            "  agentctl logs project-a --since 14:00 --until 14:30 --grep error -i",
            "  agentctl logs project-a --grep BUILD | grep -q . || echo nothing was built",
            "  agentctl logs project-a --transcript -f",
            "  agentctl logs project-a --raw --bytes 1000000 > session.bytes"
        })
final class LogsCommand extends Verb {
    @Parameters(paramLabel = "PROJECT", completionCandidates = NamedProjects.class, description = "Whose output.")
    private String project = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--transcript",
            description = "The conversation instead, from the agent's own file: what was said and which tools were"
                    + " called. For agents on the alternate screen, which leaves no scrollback.")
    private boolean transcript;

    @Mixin
    private final LogRange range = new LogRange();

    @Mixin
    private final LogForm form = new LogForm();

    LogsCommand(Agentctl root) {
        super(root);
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        range.check(follow, form.isObject());
        form.check(follow);
        if (transcript) {
            return conversation();
        }
        HostCall.requireLog(root(), project);
        try (HostClient host = HostCall.connect(surroundings().state())) {
            LogSource source = LogSource.of(host, project);
            source.warning().ifPresent(surroundings().err()::println);
            LogRange.Span span = range.span(source, form.searches());
            if (form.lines() < Long.MAX_VALUE && !range.isGiven() && !form.searches()) {
                span = enough(source, span);
            }
            LogOutput output = form.output(surroundings().out(), project, source.clock(), follow);
            read(span, follow, output);
            output.end(surroundings().out());
            hint(output);
        } catch (BoundedText.TooManyReads e) {
            throw new CommandFailure(
                    ExitCode.ERROR, "--grep: the pattern takes too long on a line; use a simpler one", e);
        }
        return ExitCode.OK;
    }

    /// A full screen that is drawn over and over is a poor log.
    private void hint(LogOutput output) {
        if (surroundings().interactive() && output instanceof LogPrint print && print.fullScreen()) {
            surroundings()
                    .err()
                    .println("agentctl: this agent draws on the alternate screen; its conversation reads better with:"
                            + " agentctl logs " + project + " --transcript");
        }
    }

    private ExitCode conversation() throws CommandFailure, IOException, InterruptedException {
        if (form.isRaw()) {
            throw new CommandFailure(ExitCode.USAGE, "--transcript is text; leave out --raw");
        }
        Path file = conversationFile();
        LastLines last = new LastLines(form.lines());
        LinePrint print = form.print(surroundings().out());
        TranscriptLog log = new TranscriptLog(file, range.moments(), form.wanted(), form.isObject() ? last : print);
        try {
            log.read(follow);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    ExitCode.ERROR, "the agent's file of the conversation, " + file + ", is not there (any more)", e);
        }
        print.caughtUp();
        if (form.isObject()) {
            surroundings().out().println(LineJson.object(project, last));
        }
        return ExitCode.OK;
    }

    private Path conversationFile() throws CommandFailure {
        ControlReply reply = root().supervisor().ask(new ControlRequest.Transcript(project));
        if (!(reply instanceof ControlReply.TranscriptFile(Optional<String> path))) {
            throw Answers.unexpected(reply);
        }
        return path.map(Path::of)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "nothing was said to " + project + " yet, or its agent keeps no file of the conversation; see:"
                                + " agentctl logs " + project));
    }

    /// So much of the end that it has the wanted lines, and as little as that takes.
    private LogRange.Span enough(LogSource source, LogRange.Span first) throws IOException {
        LogRange.Span span = first;
        while (span.from() > source.start()) {
            LastLines counted = new LastLines(Long.MAX_VALUE);
            read(span, false, new LogLines(source.clock(), false, _ -> true, counted));
            // the first line may be cut
            if (counted.lines().size() > form.lines() || counted.truncated()) {
                return span;
            }
            span = new LogRange.Span(Math.max(source.start(), span.to() - 8 * (span.to() - span.from())), span.to());
        }
        return span;
    }

    private void read(LogRange.Span span, boolean on, LogOutput output) throws IOException {
        HostRequest.Read read = new HostRequest.Read(project, span.from(), -1, on);
        try (HostReader reader = HostClient.read(surroundings().state().hostSocket(), read)) {
            boolean more = true;
            while (more) {
                Optional<LogItem> item = reader.next().flatMap(next -> on ? Optional.of(next) : span.within(next));
                more = item.isPresent() && output.show(item.get());
            }
        }
    }
}
