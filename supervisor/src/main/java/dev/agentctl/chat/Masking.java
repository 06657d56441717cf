package dev.agentctl.chat;

import dev.agentctl.project.Secret;
import dev.agentctl.terminal.Screen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/// Strikes secrets out of what is to leave this machine for a chat or an operator's own client, or its project for
/// another's agent: the [SecretShape]s, and the values that projects' agents have in their environment. It is against
/// accidents: an agent that means to give a secret away can write it in other letters. Any thread may call.
///
/// @param values the secrets that are known; asked each time
public record Masking(Supplier<List<Secret>> values) {
    /// By the shapes alone.
    public static final Masking SHAPES = new Masking(List::of);

    /// A secret in a text.
    private record Found(int begin, int end, String words) {}

    public String of(String text) {
        return masked(text, found(text));
    }

    /// What of a message people see, masked; a document's content is not looked at.
    public Outgoing of(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Text text ->
                new Outgoing.Text(text.kind(), text.to(), text.session(), of(text.markdown()), text.replyTo());
            case Outgoing.Document document ->
                new Outgoing.Document(
                        document.to(),
                        document.session(),
                        document.file(),
                        document.name(),
                        of(document.caption()),
                        document.replyTo());
            case Outgoing.Card card ->
                new Outgoing.Card(
                        card.kind(),
                        card.to(),
                        card.session(),
                        card.name(),
                        of(card.markdown()),
                        card.rows().stream()
                                .map(row -> row.stream().map(this::of).toList())
                                .toList(),
                        card.replyTo());
            case Outgoing.CardChange change ->
                new Outgoing.CardChange(change.to(), change.session(), change.name(), of(change.outcome()));
            case Outgoing.Live live ->
                new Outgoing.Live(live.to(), live.session(), live.name(), of(live.markdown()), live.shownAs());
            case Outgoing.Receipt receipt -> receipt;
        };
    }

    private Button of(Button button) {
        return new Button(of(button.label()), button.action(), button.command());
    }

    /// The screen's text; a secret that goes on in the next row is found, too.
    public String screen(Screen screen) {
        StringBuilder joined = new StringBuilder();
        List<Integer> breaks = new ArrayList<>();
        for (int row = 0; row < screen.rows(); row++) {
            joined.append(screen.line(row));
            if (screen.goesOn(row)) {
                breaks.add(joined.length());
            } else {
                joined.append('\n');
            }
        }
        String text = joined.toString();
        List<Found> secrets = found(text);
        StringBuilder broken = new StringBuilder(masked(text, secrets));
        for (int at : breaks.reversed()) {
            if (secrets.stream().noneMatch(each -> each.begin < at && at < each.end)) {
                broken.insert(at + grown(secrets, at), '\n');
            }
        }
        return broken.toString();
    }

    boolean isNeeded(Screen screen) {
        return !screen(screen).stripTrailing().equals(screen.text().stripTrailing());
    }

    /// By how much the masks before a place are longer than what they stand for.
    private static int grown(List<Found> secrets, int at) {
        return secrets.stream()
                .filter(each -> each.end <= at)
                .mapToInt(each -> mask(each).length() - (each.end - each.begin))
                .sum();
    }

    private static String masked(String text, List<Found> secrets) {
        StringBuilder masked = new StringBuilder(text);
        for (Found each : secrets.reversed()) {
            masked.replace(each.begin, each.end, mask(each));
        }
        return masked.toString();
    }

    private static String mask(Found secret) {
        return "⟨hidden: " + secret.words + "⟩";
    }

    /// In order; of those that overlap the first and longest.
    private List<Found> found(String text) {
        List<Found> all = new ArrayList<>();
        for (SecretShape shape : SecretShape.values()) {
            Matcher matcher = shape.pattern().matcher(text);
            while (matcher.find()) {
                all.add(new Found(matcher.start(), matcher.end(), shape.words()));
            }
        }
        for (Secret value : values.get()) {
            String secret = value.reveal();
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length())) {
                all.add(new Found(at, at + secret.length(), "a value of the environment"));
            }
        }
        all.sort(Comparator.comparingInt(Found::begin)
                .thenComparing(Comparator.comparingInt(Found::end).reversed()));
        return apart(all);
    }

    /// What begins within another is part of it.
    private static List<Found> apart(List<Found> sorted) {
        List<Found> apart = new ArrayList<>();
        for (Found each : sorted) {
            Found last = apart.isEmpty() ? new Found(0, 0, "") : apart.getLast();
            if (each.begin >= last.end) {
                apart.add(each);
            } else if (each.end > last.end) {
                apart.set(apart.size() - 1, new Found(last.begin, each.end, last.words));
            }
        }
        return apart;
    }
}
