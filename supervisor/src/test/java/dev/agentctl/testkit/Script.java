package dev.agentctl.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a prompt tells the scripted model to do.
///
/// | word | meaning |
/// |---|---|
/// | `CALL tool {json}END` | answer with this tool call; repeatable, one after the other, a final text follows |
/// | `GATE name` | hold the answer until the test opens `name`; before the first CALL it holds the first answer, after
/// the n-th CALL the answer that follows the n-th tool's result |
/// | `SLOW n` | stream the first answer's text over about n seconds |
/// | `HANG n` | wait n seconds before the first answer |
/// | `ERR code` | HTTP error instead of the first answer |
/// | `RESETS n` | with that error, that it is a usage limit which ends in n seconds |
///
/// Seconds may have a fraction.
record Script(
        List<ScriptCall> calls,
        List<ScriptGate> gates,
        Duration slow,
        Duration hang,
        OptionalInt error,
        Optional<Duration> resets) {
    private static final Pattern CALL = Pattern.compile("\\bCALL (\\S+) (\\{.*?\\})END", Pattern.DOTALL);
    private static final Pattern GATE = Pattern.compile("\\bGATE ([\\w.-]+)");
    private static final Pattern SLOW = Pattern.compile("\\bSLOW (\\d+(?:\\.\\d+)?)");
    private static final Pattern HANG = Pattern.compile("\\bHANG (\\d+(?:\\.\\d+)?)");
    private static final Pattern RESETS = Pattern.compile("\\bRESETS (-?\\d+)\\b");
    private static final Pattern ERROR = Pattern.compile("\\bERR (\\d{3})\\b");

    /// A tool call to answer with; `arguments` is JSON.
    record ScriptCall(String tool, String arguments) {}

    /// A gate that holds the answer of one step.
    record ScriptGate(int step, String name) {}

    static Script of(String prompt) {
        List<ScriptCall> calls = new ArrayList<>();
        List<ScriptGate> gates = new ArrayList<>();
        Matcher call = CALL.matcher(prompt);
        int from = 0;
        while (call.find()) {
            addGates(prompt.substring(from, call.start()), calls.size(), gates);
            calls.add(new ScriptCall(group(call, 1), group(call, 2)));
            from = call.end();
        }
        String rest = prompt.substring(from);
        addGates(rest, calls.size(), gates);
        String words = CALL.matcher(prompt).replaceAll(" ");
        Matcher error = ERROR.matcher(words);
        Matcher resets = RESETS.matcher(words);
        return new Script(
                List.copyOf(calls),
                List.copyOf(gates),
                seconds(SLOW, words),
                seconds(HANG, words),
                error.find() ? OptionalInt.of(Integer.parseInt(group(error, 1))) : OptionalInt.empty(),
                resets.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(group(resets, 1)))) : Optional.empty());
    }

    private static void addGates(String words, int step, List<ScriptGate> gates) {
        Matcher gate = GATE.matcher(words);
        while (gate.find()) {
            gates.add(new ScriptGate(step, group(gate, 1)));
        }
    }

    private static Duration seconds(Pattern word, String words) {
        Matcher matcher = word.matcher(words);
        return matcher.find()
                ? Duration.ofMillis(Math.round(Double.parseDouble(group(matcher, 1)) * 1000))
                : Duration.ZERO;
    }

    /// A group that every match of its pattern has.
    private static String group(Matcher match, int number) {
        return Objects.requireNonNull(match.group(number));
    }
}
