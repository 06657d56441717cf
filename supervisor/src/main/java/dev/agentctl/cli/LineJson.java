package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Predicate;

/// Collects lines for `logs --json`.
final class LineJson implements LogOutput {
    private final String project;
    private final LastLines last;
    private final LogLines lines;

    LineJson(String project, LogClock clock, Predicate<LogLine> wanted, long most) {
        this.project = project;
        this.last = new LastLines(most);
        this.lines = new LogLines(clock, false, wanted, last);
    }

    @Override
    public boolean show(LogItem item) {
        return lines.show(item);
    }

    @Override
    public void end(PrintStream out) {
        lines.end(out);
        out.println(object(project, last));
    }

    static Json object(String project, LastLines last) {
        Json json = Json.document().key("project").string(project);
        json.key("truncated").flag(last.truncated()).key("lines").begin('[');
        for (LogLine line : last.lines()) {
            Optional<String> time =
                    line.at().isPresent() ? Optional.of(Times.utc(line.at().getAsLong())) : Optional.empty();
            json.begin('{').key("time").optional(time).key("text").string(line.text());
            json.end('}');
        }
        return json.end(']').end('}');
    }
}
