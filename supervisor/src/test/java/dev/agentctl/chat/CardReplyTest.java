package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Decision;
import dev.agentctl.agent.DialogReader;
import dev.agentctl.session.Dialogs.Request;
import dev.agentctl.session.Dialogs.Verdict;
import dev.agentctl.session.Session;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Question;
import dev.agentctl.tools.QuestionState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cards of questions and approvals, answered by buttons and by replies.
@Timeout(60)
final class CardReplyTest {
    private static final Caller A = new Caller("a", 1);
    private static final String BASH = "{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":\"Bash\","
            + "\"tool_input\":{\"command\":\"make\"}}";
    private static final String REASON = "✏ Deny, and say why";

    private final Path temporary;

    @AutoClose
    private final ChatUnderTest chat;

    CardReplyTest(@TempDir Path temporary) throws IOException, InterruptedException {
        this.temporary = temporary;
        chat = new ChatUnderTest(temporary, "a", "b");
    }

    private String ask(String text, String... options) {
        return chat.desk.ask(
                A, new Question(text, Optional.empty(), List.of(options), Duration.ofHours(1)), "call " + text);
    }

    private CompletableFuture<Verdict> askApproval() {
        return askDialog(BASH);
    }

    private CompletableFuture<Verdict> askDialog(String payload) {
        return chat.prompts.ask(new Request(
                ChatUnderTest.project("a", temporary),
                1,
                "k" + payload.length(),
                DialogReader.read(payload).orElseThrow(),
                payload));
    }

    private static Decision decision(CompletableFuture<Verdict> verdict) {
        return ((Verdict.Decided) verdict.orTimeout(30, TimeUnit.SECONDS).join()).decision();
    }

    @Test
    void eachOptionIsAButtonAndTheFirstPressAnswers() throws InterruptedException {
        String id = ask("which?", "deep red", "blue");
        Outgoing.Card card = chat.hearCard();
        assertThat(card.kind()).isEqualTo(Outgoing.Kind.QUESTION);
        assertThat(chat.press("viewer", card, "2. blue")).startsWith("You are a viewer");
        chat.hear("You are a viewer");
        assertThat(chat.press(card, "1. deep red")).isEqualTo("Answered: deep red");
        assertThat(chat.desk.look(A, id)).isEqualTo(new QuestionState.Answered(id, "deep red"));
        assertThat(chat.hear()).isEqualTo("✅ answered: `deep red`");
        assertThat(chat.press("815", card, "1. deep red")).isEqualTo("Already pressed by 4711.");
    }

    @Test
    void aButtonWhoseQuestionIsAnsweredOrShowsSomethingElseSaysSo() throws InterruptedException {
        String id = ask("which?", "red", "blue");
        Outgoing.Card card = chat.hearCard();
        chat.say("#" + id + " green");
        chat.hear("✅ answered: `green`");
        assertThat(chat.press(card, "1. red")).isEqualTo("Nothing was done: it is answered already.");
        String other = ask("what now?", "red", "blue");
        Outgoing.Card changed = nextCard();
        chat.database.change(connection -> {
            try (var statement = connection.prepareStatement("UPDATE question_card SET hash = ? WHERE question = ?")) {
                statement.setString(1, "another");
                statement.setString(2, other);
                assertThat(statement.executeUpdate()).isOne();
            }
        });
        assertThat(chat.press(changed, "1. red")).isEqualTo("This button is not known any more; nothing was done.");
        assertThat(chat.desk.look(A, other)).isEqualTo(new QuestionState.Pending(other));
    }

    private Outgoing.Card nextCard() throws InterruptedException {
        Outgoing next = chat.next();
        while (!(next instanceof Outgoing.Card card)) {
            next = chat.next();
        }
        return card;
    }

    @Test
    void aReplyToAQuestionAnswersThatOneAndNotTheOldest() throws InterruptedException {
        String first = ask("one?");
        chat.hearCard();
        String second = ask("two?", "red");
        Outgoing.Card card = chat.hearCard();
        CompletableFuture<QuestionState> wait = chat.desk.awaitAnswer(A, second, Duration.ofMinutes(1));
        chat.reply(card, "in my own words");
        assertThat(wait).isCompletedWithValue(new QuestionState.Answered(second, "in my own words"));
        assertThat(chat.desk.look(A, second)).isEqualTo(new QuestionState.Answered(second, "in my own words"));
        assertThat(chat.desk.look(A, first)).isEqualTo(new QuestionState.Pending(first));
        chat.hear("✅ answered: `in my own words`");
        chat.hear("ACCEPTED");
        chat.reply(card, "no, otherwise");
        assertThat(chat.hear()).contains("is answered already, so your words were not passed on");
        assertThat(chat.queue.pending("a")).isEmpty();
    }

    @Test
    void anOpenQuestionIsAmongWhatWaits() throws InterruptedException {
        chat.say("/prompts");
        assertThat(chat.hear()).isEqualTo("Nothing waits for a decision.");
        String id = ask("which *one*?");
        chat.hearCard();
        chat.say("/prompts");
        assertThat(chat.hear()).startsWith("- `" + id + "` of `a` since ").endsWith(" – `#" + id + " …`");
    }

    @Test
    void aSessionThatIsBeingDeletedTakesNoMessage() throws InterruptedException {
        Session session = chat.sessions.find("a").orElseThrow();
        chat.say("/to a before");
        chat.hear("STORED");
        assertThat(chat.sessions.leave(session)).isTrue();
        assertThat(chat.sessions.leave(session)).isFalse();
        chat.say("/to a hello");
        chat.hear("is being deleted; your message was not kept");
        chat.sessions.stay(session);
        chat.say("/queue a clear");
        chat.hear("WITHDRAWN");
        chat.hear("1 message to `a` withdrawn");
    }

    @Test
    void anExpiredQuestionsCardLosesItsButtons() throws InterruptedException {
        chat.desk.ask(A, new Question("which?", Optional.empty(), List.of("red"), Duration.ofMillis(1)), "call");
        chat.hearCard();
        Instant end = Instant.now().plusMillis(2);
        while (Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        chat.desk.expireDue();
        chat.hear("has expired unanswered");
        assertThat(chat.hear()).isEqualTo("⌛ expired unanswered");
    }

    @Test
    void aRefusalsReasonIsAskedForByAButtonAndGivenByAReply() throws InterruptedException {
        CompletableFuture<Verdict> verdict = askApproval();
        Outgoing.Card card = chat.hearCard();
        assertThat(chat.press(card, REASON)).isEqualTo("Reply with the reason.");
        Outgoing.Card why = chat.hearCard();
        assertThat(why.wantsReply()).isTrue();
        assertThat(verdict).isNotDone();
        chat.reply(why, "use gradle");
        assertThat(decision(verdict)).isEqualTo(new Decision.Deny("use gradle"));
        chat.hear("❌ denied by 4711");
        chat.reply(why, "and not make");
        assertThat(chat.hear()).startsWith("Nothing was done: it is already denied");
    }

    @Test
    void wordsThatReplyToAnApprovalAreNotTakenForARefusalUnasked() throws InterruptedException {
        CompletableFuture<Verdict> verdict = askApproval();
        Outgoing.Card card = chat.hearCard();
        chat.reply(card, "yes, go on");
        Outgoing.Card asked = chat.hearCard();
        assertThat(verdict).isNotDone();
        assertThat(chat.queue.pending("a")).isEmpty();
        chat.press(asked, "✉ A message for later");
        assertThat(chat.queue.pending("a"))
                .extracting(message -> message.text())
                .containsExactly("yes, go on");
        chat.reply(card, "too dangerous");
        chat.press(nextCard(), "❌ The reason to deny it");
        assertThat(decision(verdict)).isEqualTo(new Decision.Deny("too dangerous"));
    }

    @Test
    void eachOptionOfSeveralQuestionsIsAButtonAndTheLastChoiceAnswers() throws InterruptedException {
        CompletableFuture<Verdict> verdict = askDialog(questions(false));
        Outgoing.Card card = chat.hearCard();
        assertThat(chat.press(card, "1.1 Red")).isEqualTo("Chosen: Red; question 2 is still open.");
        assertThat(chat.press(card, "1.2 Blue")).isEqualTo("Chosen: Blue; question 2 is still open.");
        assertThat(chat.press(card, "2.1 Fig")).startsWith("answered \"Blue; Fig\" by 4711");
        assertThat(decision(verdict)).isEqualTo(new Decision.Answer(List.of("Blue", "Fig")));
    }

    @Test
    void whereSeveralOptionsMayBeChosenAButtonSendsThem() throws InterruptedException {
        CompletableFuture<Verdict> verdict = askDialog(questions(true));
        Outgoing.Card card = chat.hearCard();
        String id = card.name().substring(PromptDesk.CARD.length());
        assertThat(chat.press(card, "✔ Send the answers"))
                .contains("for question 1 yet")
                .contains("/picked " + id);
        chat.press(card, "1.1 Red");
        chat.press(card, "2.2 Kiwi");
        assertThat(chat.press(card, "2.1 Fig")).contains("send the answers when you have chosen all");
        chat.say("/picked " + id);
        assertThat(decision(verdict)).isEqualTo(new Decision.Answer(List.of("Red", "Fig, Kiwi")));
        assertThat(chat.press(card, "1.2 Blue")).startsWith("Nothing was done: it is already answered");
    }

    private static String questions(boolean several) {
        return "{\"hook_event_name\":\"PermissionRequest\",\"tool_name\":\"AskUserQuestion\",\"tool_input\":"
                + "{\"questions\":[{\"question\":\"Which colour?\",\"header\":\"C\",\"options\":[{\"label\":\"Red\"},"
                + "{\"label\":\"Blue\"}]},{\"question\":\"Which fruit?\",\"header\":\"F\",\"options\":"
                + "[{\"label\":\"Fig\"},{\"label\":\"Kiwi\"}],\"multiSelect\":" + several + "}]}}";
    }

    @Test
    void aViewerDecidesNothingByAButton() throws InterruptedException {
        CompletableFuture<Verdict> verdict = askApproval();
        assertThat(chat.press("viewer", chat.hearCard(), "✅ Allow")).startsWith("You are a viewer");
        assertThat(verdict).isNotDone();
    }
}
