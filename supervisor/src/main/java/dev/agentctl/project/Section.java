package dev.agentctl.project;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// A mapping of the configuration with a fixed set of keys; others were complained of when it was made.
///
/// @param line where it begins, for what is missing in it
/// @param where how messages name it, as ` in project 'a'`; empty at the top
record Section(Reading reading, int line, String where, Map<String, Entry> entries) {
    /// Reads a mapping; empty after a problem where it is none.
    static Optional<Section> of(Node node, String where, Collection<String> known, Reading reading) {
        int line = node.getStartMark().getLine() + 1;
        if (!(node instanceof MappingNode mapping)) {
            reading.problems().add(line, "expected 'key: value' lines" + where);
            return Optional.empty();
        }
        Map<String, Entry> entries = entries(mapping, where, reading);
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                reading.problems().add(entry.line(), unknown(key, where, known));
            }
        });
        entries.keySet().retainAll(known);
        return Optional.of(new Section(reading, line, where, entries));
    }

    /// The text of a key, for a message, whether or not anything there is right.
    static Optional<String> peek(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode word
                                && word.getValue().equals(key))
                        .flatMap(tuple -> tuple.getValueNode() instanceof ScalarNode value
                                ? Stream.of(value.getValue())
                                : Stream.empty())
                        .findFirst()
                : Optional.empty();
    }

    Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    Set<String> keys() {
        return entries.keySet();
    }

    /// Complains of something that is missing here.
    void problem(String message) {
        reading.problems().add(line, message + where);
    }

    /// The entries by key, duplicates complained of and left out.
    static Map<String, Entry> entries(MappingNode mapping, String where, Reading reading) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                reading.problems().add(line, "a key must be a single word" + where);
                continue;
            }
            Integer first = lines.putIfAbsent(key.getValue(), line);
            if (key.isPlain() && key.getValue().equals("<<")) {
                reading.problems().add(line, "merge keys (<<) are not read; put what projects share under 'defaults:'");
            } else if (first != null) {
                reading.problems()
                        .add(
                                line,
                                "duplicate key " + Problem.quoted(key.getValue()) + where + "; first on line " + first);
            } else {
                String label = Problem.quoted(key.getValue()) + where;
                entries.put(key.getValue(), new Entry(reading, label, line, tuple.getValueNode()));
            }
        }
        return entries;
    }

    private static String unknown(String key, String where, Collection<String> known) {
        String hint = NearestKey.of(key, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "known keys: " + String.join(", ", known));
        return "unknown key " + Problem.quoted(key) + where + "; " + hint;
    }

    private static int line(NodeTuple tuple) {
        return tuple.getKeyNode().getStartMark().getLine() + 1;
    }
}
