package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.host.LogItem;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `logs` that say which part of it.
final class LogRange {
    private static final long USUAL = 65_536;
    private static final long LARGEST_OBJECT = 4 << 20;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            converter = Bytes.class,
            description = "So many of the newest bytes, as the agent wrote them.")
    private @Nullable Long bytes;

    @Option(names = "--since", paramLabel = "TIME", description = "What came at TIME or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Nothing that came after TIME.")
    private @Nullable String until;

    /// What `--bytes` may be.
    private static final class Bytes extends WholeNumber<Long> {
        Bytes() {
            super(1, UNBOUNDED, Long::valueOf);
        }
    }

    /// A part of a log, by offsets.
    record Span(long from, long to) {
        /// What of an item lies in it; empty where the reading is over.
        Optional<LogItem> within(LogItem item) {
            return switch (item) {
                case LogItem.Bytes(long offset, byte[] content)
                when offset + content.length > to ->
                    offset >= to
                            ? Optional.empty()
                            : Optional.of(new LogItem.Bytes(offset, Arrays.copyOf(content, (int) (to - offset))));
                case LogItem.Marked marked when marked.offset() > to -> Optional.empty();
                case LogItem.Bytes _, LogItem.Marked _, LogItem.Gap _, LogItem.End _ -> Optional.of(item);
            };
        }
    }

    boolean isGiven() {
        return bytes != null || since != null || until != null;
    }

    void check(boolean follow, boolean oneObject) throws CommandFailure {
        if (bytes != null && oneObject && bytes > LARGEST_OBJECT) {
            throw usage("--bytes must be at most " + LARGEST_OBJECT + " with --json; it is " + bytes);
        }
        if (bytes != null && since != null) {
            throw usage("--bytes and --since both say where to begin; say one of them");
        }
        if (until != null && follow) {
            throw usage("--until is an end and -f has none; say one of them");
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /// What came when it is meant to have come.
    Predicate<Instant> moments() throws CommandFailure {
        if (bytes != null) {
            throw usage("--bytes counts the terminal's output; of a conversation take --lines or --since");
        }
        Instant begin = moment("--since", since).orElse(Instant.MIN);
        Instant end = moment("--until", until).map(LogRange::secondLater).orElse(Instant.MAX);
        return at -> !at.isBefore(begin) && at.isBefore(end);
    }

    /// The part that is meant.
    ///
    /// @param whole whether all of the log is meant where nothing is said
    Span span(LogSource log, boolean whole) throws CommandFailure {
        Optional<Instant> begin = moment("--since", since);
        Optional<Instant> end = moment("--until", until);
        if (begin.isPresent() && end.isPresent() && begin.get().isAfter(end.get())) {
            throw usage("--since is later than --until, so nothing lies between them");
        }
        long to = end.isPresent() ? log.clock().since(secondLater(end.get()).toEpochMilli()) : log.end();
        long from = whole || end.isPresent() ? log.start() : log.end() - USUAL;
        if (begin.isPresent()) {
            from = log.clock().since(begin.get().toEpochMilli());
        } else if (bytes != null) {
            from = to - bytes;
        }
        return new Span(Math.clamp(from, log.start(), log.end()), to);
    }

    /// The second that was named as the end is meant with all that came in it.
    private static Instant secondLater(Instant end) {
        return end.plusSeconds(1);
    }

    private static Optional<Instant> moment(String option, @Nullable String text) throws CommandFailure {
        if (text == null) {
            return Optional.empty();
        }
        Optional<Instant> moment = Moment.parse(text, ZonedDateTime.now(ZoneId.systemDefault()));
        if (moment.isEmpty()) {
            throw usage(
                    option + " is a time such as 10m, 14:05 or 2026-11-26 14:05; it is '" + Printable.line(text) + "'");
        }
        return moment;
    }
}
