package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import java.io.IOException;
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
            "  agentctl logs project-a --raw --bytes 1000000 > session.bytes"
        })
final class LogsCommand extends Verb {
    @Parameters(paramLabel = "PROJECT", description = "Whose output.")
    private String project = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

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
        HostCall.requireLog(root(), project);
        try (HostClient host = HostCall.connect(surroundings().state(), HostClient.Observer.NONE)) {
            LogSource source = LogSource.of(host, project);
            LogRange.Span span = range.span(source, form.searches());
            if (form.lines() < Long.MAX_VALUE && !range.isGiven() && !form.searches()) {
                span = enough(source, span);
            }
            LogOutput output = form.output(surroundings().out(), project, source.clock(), follow);
            read(span, follow, output);
            output.end(surroundings().out());
        } catch (LineFilter.TooSlow e) {
            throw new CommandFailure(
                    ExitCode.ERROR, "--grep: the pattern takes too long on a line; use a simpler one", e);
        }
        return ExitCode.OK;
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
