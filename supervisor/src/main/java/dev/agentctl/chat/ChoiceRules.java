package dev.agentctl.chat;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.Dialog.Asked;
import dev.agentctl.agent.Dialog.Matter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which decision a choice makes about a dialog. Pure.
final class ChoiceRules {
    private static final String NO_REASON = "The operator said no.";

    private ChoiceRules() {}

    /// What came of it.
    sealed interface Judged {
        record Fits(Decision decision) implements Judged {}

        /// It does not fit; why, with what would.
        record Unfit(String why) implements Judged {}
    }

    static Judged judge(Dialog dialog, String id, Choice choice) {
        return switch (choice) {
            case Choice.Deny(String reason) ->
                new Judged.Fits(new Decision.Deny(reason.isBlank() ? NO_REASON : reason.strip()));
            case Choice.Allow() ->
                dialog.matter() instanceof Matter.Questions
                        ? new Judged.Unfit("It is a question: `/answer " + id + " …`, or `/deny " + id + "`.")
                        : new Judged.Fits(new Decision.Allow());
            case Choice.Always(int number) -> always(dialog.matter(), number);
            case Choice.Answer(String text) -> answer(dialog.matter(), id, text);
        };
    }

    private static Judged always(Matter matter, int number) {
        int offers = PromptText.offers(matter).size();
        return number >= 1 && number <= offers
                ? new Judged.Fits(new Decision.Always(number - 1))
                : new Judged.Unfit("There is no offer " + number + "; it has " + offers + ".");
    }

    private static Judged answer(Matter matter, String id, String text) {
        return switch (matter) {
            case Matter.Questions(List<Asked> questions) -> answers(questions, text);
            case Matter.Approval _, Matter.Plan _ ->
                new Judged.Unfit("It asks for approval: `/allow " + id + "` or `/deny " + id + " REASON`.");
        };
    }

    /// A single question takes all of the text; several take a line or a part between semicolons each.
    private static Judged answers(List<Asked> questions, String text) {
        List<String> parts = questions.size() == 1
                ? List.of(text.strip())
                : Arrays.stream(text.strip().split("[;\n]", -1))
                        .map(String::strip)
                        .toList();
        if (parts.size() != questions.size() || parts.stream().anyMatch(String::isEmpty)) {
            return new Judged.Unfit("It asks " + questions.size() + " questions; give " + questions.size()
                    + " answers, with `;` between them.");
        }
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            answers.add(labels(questions.get(i), parts.get(i)));
        }
        return new Judged.Fits(new Decision.Answer(answers));
    }

    /// Numbers stand for the options' own words; anything else is an answer in the operator's.
    private static String labels(Asked question, String part) {
        List<String> words = Arrays.asList(part.split("[,\\s]+", -1));
        List<Optional<String>> labels =
                words.stream().map(word -> label(question, word)).toList();
        boolean numbers = labels.stream().allMatch(Optional::isPresent) && (question.several() || words.size() == 1);
        return numbers ? labels.stream().map(Optional::orElseThrow).collect(Collectors.joining(", ")) : part;
    }

    private static Optional<String> label(Asked question, String word) {
        if (!word.matches("[1-9]\\d?")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(word);
        return number <= question.options().size()
                ? Optional.of(question.options().get(number - 1).label())
                : Optional.empty();
    }
}
