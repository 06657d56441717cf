package dev.agentctl.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One request of an agent to the model.
///
/// @param api which API it spoke
/// @param conversation the agent's own id of the conversation (Claude's session, Codex's thread), empty where it gave
/// none
/// @param items the conversation so far, oldest first, without system texts
/// @param tools names of the tools offered, as the script names them (Codex: `namespace/name`)
/// @param structured whether the answer must be JSON of some schema; such requests are the agent's own errands
/// @param streamed whether the answer is to be streamed
/// @param body the whole request
public record ModelRequest(
        ModelApi api,
        String conversation,
        List<ModelItem> items,
        List<String> tools,
        boolean structured,
        boolean streamed,
        JsonNode body) {

    /// The newest words of the user, or an empty text.
    public String prompt() {
        int at = promptIndex();
        return at < 0 ? "" : items.get(at).text();
    }

    /// How many tools have returned since the prompt: 0 where a turn starts.
    public int step() {
        return results().size();
    }

    /// What tools returned since the prompt, oldest first.
    public List<String> results() {
        return items.subList(promptIndex() + 1, items.size()).stream()
                .filter(ModelItem.Result.class::isInstance)
                .map(ModelItem::text)
                .toList();
    }

    /// Whether this belongs to the agent's work, and not to an errand of its own such as naming the session.
    public boolean isWork() {
        return !tools.isEmpty() && !structured;
    }

    /// Whether a turn starts here. A request that the agent repeats after an error starts the same turn again.
    public boolean startsTurn() {
        return isWork() && step() == 0 && !prompt().isEmpty();
    }

    /// The whole conversation as lines, for assertions about what the model was told.
    public String text() {
        return items.stream().map(ModelItem::text).collect(Collectors.joining("\n"));
    }

    /// What makes a turn the same turn: its conversation and everything the user has said in it.
    List<String> turn() {
        List<String> key = new ArrayList<>(List.of(api.name(), conversation));
        for (ModelItem item : items) {
            if (item instanceof ModelItem.User) {
                key.add(item.text());
            }
        }
        return List.copyOf(key);
    }

    private int promptIndex() {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof ModelItem.User) {
                return i;
            }
        }
        return -1;
    }
}
