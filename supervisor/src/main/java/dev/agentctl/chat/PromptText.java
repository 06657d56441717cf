package dev.agentctl.chat;

import dev.agentctl.agent.Dialog;
import dev.agentctl.agent.Dialog.Asked;
import dev.agentctl.agent.Dialog.Exhibit;
import dev.agentctl.agent.Dialog.Matter;
import dev.agentctl.project.Approvals.Unattended;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An agent's dialog in words, for a card. What the agent wrote stands in frames that it cannot leave, with
/// whatever is invisible in it written out.
final class PromptText {
    private static final int MOST_SHOWN = 60_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm").withZone(ZoneId.systemDefault());

    private PromptText() {}

    static String card(Dialog dialog, String id, String folder, Instant expires, Unattended unattended) {
        return body(dialog.matter()) + "\n\nFolder: " + code(folder) + "\nUntil " + TIME.format(expires)
                + (unattended == Unattended.DENY ? "; no answer means no." : "; after that only its terminal asks.")
                + " Prompt `" + id + "`";
    }

    /// All that is asked.
    static String body(Matter matter) {
        return switch (matter) {
            case Matter.Approval approval -> {
                StringBuilder text = new StringBuilder("✋ May it use ")
                        .append(code(approval.tool()))
                        .append("?");
                approval.exhibits().forEach(exhibit -> text.append("\n\n").append(exhibit(exhibit)));
                yield text.toString();
            }
            case Matter.Questions(List<Asked> questions) -> questions(questions);
            case Matter.Plan(String plan) ->
                "✋ May it go on with this plan?\n\n"
                        + (plan.isBlank() ? "It gave no text; see its screen." : frame("", bounded(plan)));
        };
    }

    private static String exhibit(Exhibit exhibit) {
        String text = exhibit.text();
        boolean isShort = exhibit.language().isEmpty() && text.length() <= 120 && !text.contains("\n");
        return code(exhibit.label()) + ": " + (isShort ? code(text) : "\n" + frame(exhibit.language(), bounded(text)));
    }

    private static String questions(List<Asked> questions) {
        StringBuilder text = new StringBuilder();
        for (Asked asked : questions) {
            text.append(text.isEmpty() ? "❓ " : "\n\n❓ ").append(frameless(asked.question()));
            text.append(asked.several() ? " (one or more)" : "");
            for (int i = 0; i < asked.options().size(); i++) {
                Dialog.Option option = asked.options().get(i);
                text.append(i == 0 ? "\n\n" : "\n")
                        .append(i + 1)
                        .append(". ")
                        .append(frameless(option.label()))
                        .append(option.description().isBlank() ? "" : " – " + frameless(option.description()));
            }
        }
        return text.toString();
    }

    /// What may be allowed from now on, in the order of the agent's offers.
    static List<String> offers(Matter matter) {
        return switch (matter) {
            case Matter.Approval approval -> approval.always();
            case Matter.Questions _ -> List.of();
            case Matter.Plan _ -> List.of("accept its edits as well (this session)");
        };
    }

    /// What can be done about a dialog.
    record Offer(String label, String command) {}

    /// By row.
    static List<List<Offer>> actions(Matter matter, String id) {
        return switch (matter) {
            case Matter.Approval _, Matter.Plan _ ->
                Stream.concat(
                                Stream.of(List.of(
                                        new Offer("✅ Allow", "/allow " + id), new Offer("❌ Deny", "/deny " + id))),
                                always(offers(matter), id))
                        .toList();
            case Matter.Questions(List<Asked> questions) ->
                Stream.concat(options(questions, id), Stream.of(List.of(new Offer("❌ No answer", "/deny " + id))))
                        .toList();
        };
    }

    /// A refusal that says why.
    static Offer reason(String id) {
        return new Offer("✏ Deny, and say why", "/reason " + id);
    }

    private static Stream<List<Offer>> always(List<String> offers, String id) {
        return IntStream.range(0, offers.size())
                .mapToObj(i ->
                        List.of(new Offer("Always: " + Visible.line(offers.get(i)), "/always " + id + " " + (i + 1))));
    }

    private static Stream<List<Offer>> options(List<Asked> questions, String id) {
        if (!Picks.areNotNeeded(questions)) {
            return Stream.concat(
                    IntStream.rangeClosed(1, questions.size())
                            .boxed()
                            .flatMap(number -> picks(questions.get(number - 1), number, id)),
                    questions.stream().anyMatch(Asked::several)
                            ? Stream.of(List.of(new Offer("✔ Send the answers", "/picked " + id)))
                            : Stream.of());
        }
        List<Dialog.Option> options = questions.getFirst().options();
        return IntStream.range(0, options.size())
                .mapToObj(i -> List.of(new Offer(
                        (i + 1) + ". " + Visible.line(options.get(i).label()), "/answer " + id + " " + (i + 1))));
    }

    private static Stream<List<Offer>> picks(Asked asked, int question, String id) {
        return IntStream.rangeClosed(1, asked.options().size())
                .mapToObj(option -> List.of(new Offer(
                        question + "." + option + " "
                                + Visible.line(asked.options().get(option - 1).label()),
                        "/pick " + id + " " + question + " " + option)));
    }

    /// How to answer in words, where buttons do not say it all.
    static String hint(Matter matter, String id) {
        return switch (matter) {
            case Matter.Approval _ -> "With a reason: `/deny " + id + " REASON`";
            case Matter.Plan _ -> "To have it changed: `/deny " + id + " WHAT TO CHANGE`";
            case Matter.Questions(List<Asked> questions) ->
                questions.size() == 1
                        ? "In your own words: reply to this message, or `/answer " + id + " TEXT`"
                        : "Answer all: one after another with the buttons, by a reply with `FIRST; SECOND`, by number or in"
                                + " your own words, or by `/answer " + id + " FIRST; SECOND`";
        };
    }

    private static String bounded(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : text.substring(0, MOST_SHOWN) + "\n… and " + (text.length() - MOST_SHOWN)
                        + " characters more, which are not shown here";
    }

    /// A fence longer than any run of backticks in the text.
    private static String frame(String language, String text) {
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + Visible.of(text.stripTrailing()) + "\n" + fence;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static String code(String text) {
        String line = Visible.line(text);
        String fence = "`".repeat(longestRun(line) + 1);
        return line.isEmpty()
                ? "(empty)"
                : fence + (fence.length() > 1 ? " " : "") + line + (fence.length() > 1 ? " " : "") + fence;
    }

    /// Words between our own, without any markup in them.
    private static String frameless(String text) {
        return Visible.line(text).replaceAll("([\\\\`*_{}\\[\\]()#+.!|<>~-])", "\\\\$1");
    }
}
