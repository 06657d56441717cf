package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import dev.agentctl.agent.Dialog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session's dialogs whose hooks wait, oldest first. Only its session's mailbox calls it.
final class OpenDialogs {
    private final Map<String, Open> byKey = new LinkedHashMap<>();

    private long runs;

    private record Open(Dialog dialog, long run) {}

    /// A hook that comes back takes the place of its former self.
    ///
    /// @return the number of this run of the hook
    long add(String key, Dialog dialog) {
        runs++;
        byKey.put(key, new Open(dialog, runs));
        return runs;
    }

    /// Whether this is the hook that waits, and not one that has come back since.
    boolean waits(String key, long run) {
        Open open = byKey.get(key);
        return open != null && open.run == run;
    }

    /// False if it was not open any more.
    boolean remove(String key) {
        return byKey.remove(key) != null;
    }

    boolean isOpen(String key) {
        return byKey.containsKey(key);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    List<String> keys() {
        return List.copyOf(byKey.keySet());
    }

    /// The oldest about this use of a tool, which has ended: so it was allowed.
    Optional<String> about(String use) {
        return byKey.entrySet().stream()
                .filter(open -> open.getValue().dialog.use().equals(use))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// What is to be seen while something is open: an event about another tool does not close it.
    AgentEvent over(AgentEvent event) {
        boolean ofATool = event instanceof AgentEvent.ToolBegan || event instanceof AgentEvent.ToolEnded;
        return ofATool && !byKey.isEmpty() ? opened(byKey.values().iterator().next().dialog) : event;
    }

    private static AgentEvent opened(Dialog dialog) {
        return dialog.matter() instanceof Dialog.Matter.Questions
                ? new AgentEvent.QuestionAsked(dialog.title())
                : new AgentEvent.ApprovalAsked(dialog.title());
    }
}
