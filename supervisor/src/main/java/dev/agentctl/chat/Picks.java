package dev.agentctl.chat;

import dev.agentctl.agent.Dialog.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What has been chosen of a dialog that takes more than one press: of several questions, or of one that takes several
/// options.
///
/// @param options the numbers of the chosen ones by the number of their question, both from 1
record Picks(List<Asked> questions, Map<Integer, SortedSet<Integer>> options) {

    /// Whether one press answers it.
    static boolean areNotNeeded(List<Asked> questions) {
        return questions.size() == 1 && !questions.getFirst().several();
    }

    /// Whether there is such an option.
    static boolean has(List<Asked> questions, int question, int option) {
        return question >= 1
                && question <= questions.size()
                && option >= 1
                && option <= questions.get(question - 1).options().size();
    }

    /// The number of the first question that nothing was chosen for.
    Optional<Integer> missing() {
        return IntStream.rangeClosed(1, questions.size())
                .filter(number -> of(number).isEmpty())
                .boxed()
                .findFirst();
    }

    /// Whether nothing more can be chosen.
    boolean areComplete() {
        return missing().isEmpty() && questions.stream().noneMatch(Asked::several);
    }

    /// The answer to all questions, as [Choice.Answer] takes it.
    String text() {
        return IntStream.rangeClosed(1, questions.size())
                .mapToObj(number -> of(number).stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private SortedSet<Integer> of(int question) {
        return options.getOrDefault(question, new TreeSet<>());
    }
}
