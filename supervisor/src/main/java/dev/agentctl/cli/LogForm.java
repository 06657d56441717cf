package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import java.io.PrintStream;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `logs` that say which of its lines, and in what form.
final class LogForm {
    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            converter = Lines.class,
            description = "Only the last N lines; with -f, and then what comes.")
    private long lines = Long.MAX_VALUE;

    @Option(
            names = "--grep",
            paramLabel = "PATTERN",
            description = "Only lines with this text; searches the whole log unless a part is named. Where there is"
                    + " none, nothing is printed, and the exit code is 0.")
    private @Nullable String grep;

    @Option(names = "--regex", description = "PATTERN is a regular expression.")
    private boolean regex;

    @Option(
            names = {"-i", "--ignore-case"},
            description = "PATTERN in upper or lower case.")
    private boolean ignoreCase;

    @Option(
            names = {"-t", "--timestamps"},
            description = "Each line with the time at which it began.")
    private boolean stamps;

    @Option(
            names = "--raw",
            description = "The bytes as the agent wrote them. They steer a terminal: best into a file.")
    private boolean raw;

    @Option(
            names = "--json",
            description =
                    "One JSON object with the text, or with lines and their times where an option asks for lines.")
    private boolean json;

    /// What `--lines` may be.
    private static final class Lines extends WholeNumber<Long> {
        Lines() {
            super(1, UNBOUNDED, Long::valueOf);
        }
    }

    /// How many lines at most; [Long#MAX_VALUE]: all.
    long lines() {
        return lines;
    }

    boolean isObject() {
        return json;
    }

    boolean searches() {
        return grep != null;
    }

    private boolean byLine() {
        return lines != Long.MAX_VALUE || grep != null || stamps;
    }

    void check(boolean follow) throws CommandFailure {
        if (json && follow) {
            throw usage("--json is one object and -f never ends; say one of them");
        }
        if (raw && (json || byLine())) {
            throw usage("--raw is bytes, without lines, times or JSON; leave out the others");
        }
        if (grep == null && (regex || ignoreCase)) {
            throw usage("--regex and -i say how to --grep; say what for");
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /// Prints lines as they are wanted.
    LinePrint print(PrintStream out) {
        return new LinePrint(out, stamps, lines);
    }

    boolean isRaw() {
        return raw;
    }

    LogOutput output(PrintStream out, String project, LogClock clock, boolean follow) throws CommandFailure {
        if (raw) {
            return new LogRaw(out);
        }
        if (!byLine()) {
            return json ? new LogJson(project) : new LogPrint(out);
        }
        Predicate<LogLine> wanted = wanted();
        return json ? new LineJson(project, clock, wanted, lines) : new LinesPrinted(clock, follow, wanted, print(out));
    }

    /// Which lines.
    Predicate<LogLine> wanted() throws CommandFailure {
        if (grep == null) {
            return _ -> true;
        }
        Predicate<String> filter = LineFilter.of(grep, regex, ignoreCase);
        return line -> filter.test(line.text());
    }
}
