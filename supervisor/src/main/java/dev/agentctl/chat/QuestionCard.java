package dev.agentctl.chat;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.tools.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The card of an agent's question: its options as buttons, and in the end what became of it.
final class QuestionCard {
    /// Begins the names of such cards; the question's id follows.
    static final String NAME = "question:";

    /// A chat shows no more of them in a way that a person could read.
    private static final int MOST_BUTTONS = 30;

    private static final int LONGEST_LABEL = 60;
    private static final int LONGEST_QUOTE = 80;

    private QuestionCard() {}

    static Outgoing.Card of(Question question, AskedQuestion asked, ButtonBook buttons) {
        return new Outgoing.Card(
                Kind.QUESTION,
                Optional.empty(),
                Optional.of(asked.session()),
                NAME + asked.id(),
                words(question, asked),
                rows(question.options(), asked, buttons),
                Optional.empty());
    }

    /// @param outcome in one line
    static Outgoing.CardChange settled(AskedQuestion question, String outcome) {
        return new Outgoing.CardChange(
                Optional.empty(), Optional.of(question.session()), NAME + question.id(), outcome);
    }

    /// The beginning of a question or of an answer, to name it by.
    static String quoted(String text) {
        String line = SafeText.of(text.lines().findFirst().orElse(""));
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
    }

    private static String words(Question question, AskedQuestion asked) {
        StringBuilder card = new StringBuilder("❓ ").append(question.text());
        question.context().ifPresent(context -> card.append("\n\n").append(context));
        for (int i = 0; i < question.options().size(); i++) {
            card.append(i == 0 ? "\n\n" : "\n")
                    .append(i + 1)
                    .append(". ")
                    .append(question.options().get(i));
        }
        return card.append("\n\nAnswer ")
                .append(question.options().isEmpty() ? "" : "with a button, ")
                .append("by replying, with `/to ")
                .append(asked.session())
                .append(" …`, or with `#")
                .append(asked.id())
                .append(" …`")
                .toString();
    }

    /// Each button is the answer in the agent's own words.
    private static List<List<Button>> rows(List<String> options, AskedQuestion asked, ButtonBook buttons) {
        List<List<Button>> rows = new ArrayList<>();
        for (int i = 0; i < options.size() && options.size() <= MOST_BUTTONS; i++) {
            String option = options.get(i).strip();
            if (!option.isEmpty()) {
                String command = "#" + asked.id() + " " + option;
                rows.add(List.of(
                        buttons.button(label(i + 1, option), command, asked.id(), asked.hash(), asked.expires())));
            }
        }
        return rows;
    }

    private static String label(int number, String option) {
        String line = Visible.line(option);
        return number + ". " + (line.length() > LONGEST_LABEL ? line.substring(0, LONGEST_LABEL) + "…" : line);
    }
}
