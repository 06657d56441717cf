package dev.agentctl.project;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a dotenv file: `NAME=value` lines, with `#` comments, an optional `export`, and values in single quotes (taken
/// literally) or double quotes (with `\n`, `\r`, `\t`, `\"`, `\\`, `\$`). Nothing is substituted, and a value ends with
/// its line. The last of two lines for one name counts, as in a shell. No message holds a value.
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*", Pattern.DOTALL);

    private DotEnv() {}

    /// Told what is wrong with a line, counted from 1.
    @FunctionalInterface
    interface Complaint {
        void accept(int line, String message);
    }

    /// The variables in the order of their lines, without the lines that were complained of.
    static Map<String, String> parse(String text, Complaint complaint) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = i + 1;
                assign(line, variables).ifPresent(message -> complaint.accept(number, message));
            }
        }
        return variables;
    }

    /// Returns what is wrong with the line, if anything.
    private static Optional<String> assign(String line, Map<String, String> variables) {
        Matcher form = LINE.matcher(line);
        if (!form.matches()) {
            return Optional.of("expected NAME=value; a name has letters, digits and '_' only");
        }
        String name = requireNonNull(form.group(1));
        Optional<String> value = value(requireNonNull(form.group(2)).strip());
        if (value.isEmpty()) {
            return Optional.of(
                    "the quote in the value of " + Problem.cut(name) + " does not close, or text follows it");
        }
        if (value.get().indexOf('\0') >= 0) {
            return Optional.of("the value of " + Problem.cut(name) + " holds a NUL character");
        }
        variables.put(name, value.get());
        return Optional.empty();
    }

    private static Optional<String> value(String written) {
        return written.startsWith("'") || written.startsWith("\"")
                ? quoted(written, written.charAt(0))
                : Optional.of(COMMENT.matcher(written).replaceFirst("").strip());
    }

    private static Optional<String> quoted(String written, char quote) {
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == quote) {
                String rest = written.substring(i + 1).strip();
                return rest.isEmpty() || rest.startsWith("#") ? Optional.of(value.toString()) : Optional.empty();
            }
            if (c == '\\' && quote == '"' && i + 1 < written.length()) {
                i++;
                value.append(escaped(written.charAt(i)));
            } else {
                value.append(c);
            }
        }
        return Optional.empty();
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }
}
