package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Collects a log for `logs --json`.
final class LogJson implements LogOutput {
    private final String project;
    private final LogText decoder = new LogText();
    private final StringBuilder text = new StringBuilder();
    private final List<LogItem.Gap> gaps = new ArrayList<>();
    private long from = -1;
    private long to;

    LogJson(String project) {
        this.project = project;
    }

    @Override
    public boolean show(LogItem item) {
        switch (item) {
            case LogItem.Bytes(long offset, byte[] bytes) -> {
                reach(offset, offset + bytes.length);
                text.append(decoder.take(bytes));
            }
            case LogItem.Gap gap -> {
                reach(gap.from(), gap.to());
                gaps.add(gap);
            }
            case LogItem.Marked _ -> text.append(decoder.endLine());
            case LogItem.End(long offset) -> {
                // the log may have grown behind what was asked for
                if (from < 0) {
                    reach(offset, offset);
                }
                return false;
            }
        }
        return true;
    }

    private void reach(long start, long end) {
        from = from < 0 ? start : from;
        to = end;
    }

    @Override
    public void end(PrintStream out) {
        Json json = Json.document().key("project").string(project);
        json.key("from").number(Math.max(0, from)).key("to").number(to);
        json.key("gaps").begin('[');
        for (LogItem.Gap gap : gaps) {
            json.begin('{').key("from").number(gap.from()).key("to").number(gap.to());
            json.end('}');
        }
        out.println(json.end(']').key("text").string(text.toString()).end('}'));
    }
}
