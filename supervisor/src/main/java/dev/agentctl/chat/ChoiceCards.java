package dev.agentctl.chat;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.project.NearNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Cards that ask an operator back: which session, really, still.
final class ChoiceCards {
    /// Begins the names of cards that a press of any of their buttons settles.
    static final String SETTLED_BY_A_PRESS = "choice:";

    private static final Duration HOLDS = Duration.ofDays(1);
    private static final int MOST_CHOICES = 12;
    private static final int IN_A_ROW = 2;

    private final Post post;
    private final ButtonBook buttons;
    private final InstantSource clock;

    ChoiceCards(Post post, ButtonBook buttons, InstantSource clock) {
        this.post = post;
        this.buttons = buttons;
        this.clock = clock;
    }

    /// Names that a written one may have been meant for, the likeliest first; all where none is alike.
    static List<String> nearest(String written, Collection<String> names) {
        List<String> near = NearNames.of(written, names);
        return near.isEmpty() ? List.copyOf(names) : near;
    }

    /// Asks which session was meant; each button is the command with another name.
    void ofWhich(Incoming message, String question, List<String> names, String word, String rest) {
        List<Button> choices = names.stream()
                .limit(MOST_CHOICES)
                .map(name -> button(name, ("/" + word + " " + name + " " + rest).strip(), HOLDS))
                .toList();
        List<List<Button>> rows = new java.util.ArrayList<>();
        for (int i = 0; i < choices.size(); i += IN_A_ROW) {
            rows.add(choices.subList(i, Math.min(choices.size(), i + IN_A_ROW)));
        }
        send(message, question, rows);
    }

    /// Asks whether something is really to be done.
    ///
    /// @param command what does it
    void really(Incoming message, String question, String label, String command) {
        send(message, question, List.of(List.of(button(label, command, Confirmations.HOLDS))));
    }

    /// Asks why a prompt is refused.
    ///
    /// @return what was done, in one line
    String reason(Incoming message, String prompt) {
        post.sendOnce(
                "reason:" + message.key(),
                new Outgoing.Card(
                        Kind.REPLY,
                        Optional.of(message.from()),
                        Optional.empty(),
                        CardReplies.REASON + prompt,
                        "Why not? Reply to this message with the reason; `" + prompt
                                + "` is denied then, and the agent is told.",
                        List.of(),
                        Optional.of(message.messageId())));
        return "Reply with the reason.";
    }

    /// Asks what words mean that reply to an open approval: held back they would come too late for it, and taken for a
    /// refusal they might be none.
    ///
    /// @return what was done, in one line
    String approvalOrMessage(Incoming message, ChatCommand.WordsToApproval words) {
        send(
                message,
                "`" + words.session() + "` waits for this approval. What are your words?",
                List.of(
                        List.of(button(
                                "❌ The reason to deny it", "/deny " + words.prompt() + " " + words.words(), HOLDS)),
                        List.of(button(
                                "✉ A message for later", "/to " + words.session() + " " + words.words(), HOLDS))));
        return "asked whether it is a refusal";
    }

    /// Asks whether what was written long ago is still to be done.
    void still(Incoming message, String question, String command) {
        send(
                message,
                question,
                List.of(List.of(button("▶ Run", command, HOLDS), button("🗑 Drop", "/dismiss", HOLDS))));
    }

    private Button button(String label, String command, Duration holds) {
        return buttons.button(label, command, "", "", clock.instant().plus(holds));
    }

    private void send(Incoming message, String question, List<List<Button>> rows) {
        post.sendOnce(
                "card:" + message.key(),
                new Outgoing.Card(
                        Kind.REPLY,
                        Optional.of(message.from()),
                        Optional.empty(),
                        SETTLED_BY_A_PRESS + message.key(),
                        question,
                        rows,
                        Optional.of(message.messageId())));
    }
}
