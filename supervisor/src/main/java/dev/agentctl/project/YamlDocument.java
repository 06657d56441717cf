package dev.agentctl.project;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.StreamReader;

/// Turns text into a tree of nodes that know their lines. Nothing is constructed from it and tags are refused, so YAML
/// never chooses a type. What would grow without bound (nesting, aliases, length) is refused before the tree is built.
final class YamlDocument {
    private static final int CODE_POINTS = 1 << 20;
    private static final int ALIASES = 20;
    private static final int NESTING = 30;

    private final Problems problems;
    private final Set<String> collections = new HashSet<>();
    private int depth;
    private int aliases;
    private int documents;

    private YamlDocument(Problems problems) {
        this.problems = problems;
    }

    /// The root of the only document; empty after a problem was told.
    static Optional<Node> read(String text, Problems problems) {
        if (text.codePointCount(0, text.length()) > CODE_POINTS) {
            problems.add(1, "the file is longer than " + CODE_POINTS + " characters");
            return Optional.empty();
        }
        Optional<Integer> odd = firstUnprintable(text);
        if (odd.isPresent()) {
            problems.add(line(text, odd.get()), "a control character, which YAML does not allow");
            return Optional.empty();
        }
        return new YamlDocument(problems).compose(text);
    }

    private Optional<Node> compose(String text) {
        Yaml yaml = new Yaml(new SafeConstructor(options()));
        try {
            for (Event event : yaml.parse(new StringReader(text))) {
                Optional<String> objection = objection(event);
                if (objection.isPresent()) {
                    problems.add(line(event.getStartMark()), objection.get());
                    return Optional.empty();
                }
            }
            Node root = yaml.compose(new StringReader(text));
            if (root == null || documents == 0) {
                problems.add(1, "the file is empty; it needs 'projects:'");
                return Optional.empty();
            }
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            problems.add(line(e.getProblemMark()), explain(e));
        } catch (RuntimeException e) {
            // a bad escape or directive comes without its place, and the parser has no rule about what it throws; its
            // message could quote the file
            problems.add(1, "not valid YAML (" + e.getClass().getSimpleName() + ")");
        }
        return Optional.empty();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(ALIASES);
        options.setNestingDepthLimit(NESTING);
        options.setCodePointLimit(CODE_POINTS);
        return options;
    }

    /// Why the next piece of the document is refused.
    private Optional<String> objection(Event event) {
        return switch (event) {
            case DocumentStartEvent _ -> over(++documents, 1, "a second document begins; keep one");
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> {
                anchored(scalar, false);
                yield tag(scalar.getTag());
            }
            case CollectionStartEvent start -> {
                anchored(start, true);
                Optional<String> deep = over(++depth, NESTING, "nested deeper than " + NESTING + " levels");
                yield tag(start.getTag()).or(() -> deep);
            }
            case CollectionEndEvent _ -> over(--depth, NESTING, "");
            default -> Optional.empty();
        };
    }

    private Optional<String> aliased(AliasEvent alias) {
        return collections.contains(alias.getAnchor())
                ? over(++aliases, ALIASES, "more than " + ALIASES + " aliases of lists and mappings")
                : Optional.empty();
    }

    private void anchored(NodeEvent event, boolean collection) {
        String anchor = event.getAnchor();
        if (anchor != null && collection) {
            collections.add(anchor);
        } else if (anchor != null) {
            collections.remove(anchor);
        }
    }

    private static Optional<String> over(int count, int most, String message) {
        return count > most ? Optional.of(message) : Optional.empty();
    }

    private static Optional<String> tag(@Nullable String tag) {
        return tag == null
                ? Optional.empty()
                : Optional.of("tags (!) are not allowed; quote a value that begins with '!'");
    }

    /// In our words where a newcomer is likely to meet it. The parser's own words may name an anchor or a tag, so what
    /// is about those is never passed on.
    private static String explain(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext();
        if (problem.contains("(TAB)")) {
            return "a tab cannot indent YAML; use spaces";
        }
        if (problem.contains("undefined alias")) {
            return "an alias (*) without its anchor (&); quote a value that begins with '*'";
        }
        if (problem.contains("tag ") || context.contains("tag")) {
            return "tags (!) are not allowed; quote a value that begins with '!'";
        }
        return "not valid YAML: " + (context.isEmpty() ? "" : context + ", ") + problem;
    }

    private static Optional<Integer> firstUnprintable(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!StreamReader.isPrintable(text.codePointAt(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static int line(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
