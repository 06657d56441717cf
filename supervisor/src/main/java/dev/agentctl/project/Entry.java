package dev.agentctl.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A key of the configuration with its value, not yet read as any type. Each reading method returns empty after having
/// told what is wrong. Scalars are read as they were written, whatever YAML takes them for, so `1.10` and `0600` stay.
///
/// @param label how messages call it, as `'args' in project 'a'`
/// @param line where its key is, counted from 1
record Entry(Reading reading, String label, int line, Node node) {
    /// More arguments, variables, operators or projects than anyone means.
    static final int MOST = 1000;

    void problem(String message) {
        reading.problems().add(line, label + " " + message);
    }

    /// A problem with a file that the value names.
    void fileProblem(String sentence) {
        reading.problems().add(line, label + ": " + sentence);
    }

    void warn(String message) {
        reading.problems().warn(line, label + " " + message);
    }

    /// A string, with its variables replaced. The text can be empty.
    Optional<String> text() {
        return written().flatMap(this::expanded);
    }

    /// A string that is not empty.
    Optional<String> word() {
        return text().filter(text -> {
            if (text.isBlank()) {
                problem("is empty");
            }
            return !text.isBlank();
        });
    }

    /// A string for the child or the file system: `~` is replaced too, and a bare one is no null. It can be empty.
    Optional<String> shellText() {
        return scalar().filter(scalar -> scalar.getValue().equals("~") || isPresent(scalar))
                .map(ScalarNode::getValue)
                .flatMap(this::expanded)
                .map(reading.variables()::home);
    }

    /// The text of a path or program, not empty and not yet resolved.
    Optional<String> pathText() {
        Optional<String> text = shellText();
        if (text.filter(String::isBlank).isPresent()) {
            problem("is empty");
        } else if (text.filter(path -> path.startsWith("~")).isPresent()) {
            problem("begins with another user's '~'; write the whole path");
        } else {
            return text;
        }
        return Optional.empty();
    }

    /// A path, absolute or relative to the configuration's folder.
    Optional<Path> path() {
        Optional<String> text = pathText();
        Optional<Path> path = text.flatMap(written -> Reading.resolve(reading.folder(), written));
        if (text.isPresent() && path.isEmpty()) {
            problem("is no path that this system can have");
        }
        return path;
    }

    /// One of a few words.
    ///
    /// @param meaning what a word stands for; empty for a wrong one
    /// @param choices the right ones, for the message
    <T> Optional<T> oneOf(Function<String, Optional<T>> meaning, String choices) {
        Optional<String> text = word();
        Optional<T> value = text.flatMap(word -> meaning.apply(word.strip()));
        if (text.isPresent() && value.isEmpty()) {
            // as written: a variable's value may be a secret
            problem("must be " + choices + ", not " + Problem.quoted(written().orElse("")));
        }
        return value;
    }

    Optional<Boolean> flag() {
        return oneOf(
                word -> switch (word.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> Optional.of(true);
                    case "false", "no", "off" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "true or false");
    }

    /// A whole number in plain decimal; a leading zero would mean octal to YAML and is refused.
    Optional<Long> number() {
        return oneOf(
                word -> word.matches("-?[1-9][0-9]{0,17}|0") ? Optional.of(Long.valueOf(word)) : Optional.empty(),
                "a whole number");
    }

    /// The items of a list.
    Optional<List<Entry>> items(String example) {
        if (!(node instanceof SequenceNode list)) {
            problem("must be a list, such as " + example);
            return Optional.empty();
        }
        if (list.getValue().size() > MOST) {
            problem("has more than " + MOST + " items");
            return Optional.empty();
        }
        List<Entry> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            int at = item.getStartMark().getLine() + 1;
            items.add(new Entry(reading, "item " + (items.size() + 1) + " of " + label, at, item));
        }
        return Optional.of(items);
    }

    /// The strings of a list.
    Optional<List<String>> texts(String example) {
        return items(example)
                .map(items -> items.stream()
                        .flatMap(item -> item.shellText().stream())
                        .toList());
    }

    /// The entries of a mapping whose keys are free.
    Optional<Map<String, Entry>> entries(String example) {
        if (!(node instanceof MappingNode mapping)) {
            problem("must be a mapping, such as " + example);
            return Optional.empty();
        }
        if (mapping.getValue().size() > MOST) {
            problem("has more than " + MOST + " keys");
            return Optional.empty();
        }
        return Optional.of(Section.entries(mapping, " in " + label, reading));
    }

    /// Whether there is a value at all: `key:` and `key: null` have none.
    boolean isNull() {
        return node instanceof ScalarNode scalar && isNull(scalar);
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.isPlain() && scalar.getTag().equals(Tag.NULL);
    }

    /// A string as it stands in the file, without its quotes.
    Optional<String> written() {
        return scalar().filter(this::isPresent).map(ScalarNode::getValue);
    }

    private Optional<ScalarNode> scalar() {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        problem("must be a single value, not a " + (node.getNodeId() == NodeId.sequence ? "list" : "mapping"));
        return Optional.empty();
    }

    private boolean isPresent(ScalarNode scalar) {
        if (isNull(scalar)) {
            problem("has no value; write one (\"\" for an empty text) or remove the key");
        }
        return !isNull(scalar);
    }

    private Optional<String> expanded(String written) {
        return reading.variables().expand(written, this::problem).filter(text -> {
            if (text.indexOf('\0') >= 0) {
                problem("holds a NUL character");
            }
            return text.indexOf('\0') < 0;
        });
    }
}
