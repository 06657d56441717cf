package dev.agentctl.chat;

import java.util.Optional;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// The `[ ]` or `[x]` that begins an item of a task list.
final class TaskMark {
    private static final int LENGTH = 4;

    private TaskMark() {}

    /// The box to show, removed from the item's text; empty if the item is no task.
    static Optional<String> takeFrom(Node item) {
        if (item.getFirstChild() instanceof Paragraph paragraph && paragraph.getFirstChild() instanceof Text text) {
            Optional<String> box = box(text.getLiteral());
            box.ifPresent(_ -> text.setLiteral(text.getLiteral().substring(LENGTH)));
            return box;
        }
        return Optional.empty();
    }

    private static Optional<String> box(String text) {
        if (text.startsWith("[ ] ")) {
            return Optional.of("☐ ");
        }
        return text.startsWith("[x] ") || text.startsWith("[X] ") ? Optional.of("☑ ") : Optional.empty();
    }
}
