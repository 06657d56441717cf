package dev.agentctl.bench;

import java.util.List;

/// The results as a Markdown table.
final class Table {
    private Table() {}

    static String of(List<Result> results) {
        StringBuilder text = new StringBuilder("| what | peers | agentctl | target | agentctl / target |\n");
        text.append("|---|---|---|---|---|\n");
        for (Result result : results) {
            text.append("| ").append(result.what()).append(" | ").append(result.peers());
            text.append(" | ").append(result.ours()).append(" | ").append(result.target());
            text.append(" | ").append(result.ratio()).append(" |\n");
        }
        return text.toString();
    }
}
