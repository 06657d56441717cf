package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Post;
import dev.agentctl.chat.PromptDesk;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.session.Origin;
import dev.agentctl.session.Waiters;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.PromptTable;
import dev.agentctl.store.QuestionTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents asked people, beside their dialogs.
class PromptAnswersTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    @AutoClose
    private final Database database;

    private final QuestionTable questions;
    private final PromptAnswers answers;
    private Waiters.Outcome outcome = Waiters.Outcome.TAKEN;

    PromptAnswersTest(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        questions = new QuestionTable(database, CLOCK);
        Post post = new Post() {
            @Override
            public void send(Outgoing outgoing) {}

            @Override
            public void sendOnce(String key, Outgoing outgoing) {}
        };
        PromptDesk dialogs =
                new PromptDesk(new PromptTable(database, CLOCK), new ButtonTable(database, CLOCK), post, CLOCK, timers);
        Waiters waiters = new Waiters() {
            @Override
            public Outcome take(String session, String text, Optional<Origin> origin, String key) {
                return Outcome.UNKNOWN;
            }

            @Override
            public Outcome answer(String question, String text, Optional<Origin> origin, String key) {
                return text.equals("blue") ? outcome : Outcome.UNKNOWN;
            }
        };
        answers = new PromptAnswers(dialogs, questions, waiters);
    }

    private ExitCode answer(String id) {
        return ((ControlReply.Outcomes) answers.decide(id, new PromptChoice.Answer(" blue ")))
                .outcomes()
                .getFirst()
                .code();
    }

    @Test
    void anOpenQuestionIsListedWithTheCommandThatAnswersIt() {
        String id = questions
                .ask("a", 1, "call", "which?", List.of("red"), Instant.now().plusSeconds(60))
                .question()
                .id();
        assertThat(answers.all()).singleElement().satisfies(report -> {
            assertThat(report.project()).isEqualTo("a");
            assertThat(report.text()).isEqualTo("which?");
            assertThat(report.commands()).containsExactly("/answer " + id + " …");
        });
    }

    @Test
    void anAnswerOnTheCommandLineIsTheQuestions() {
        assertThat(answer("q")).isEqualTo(ExitCode.OK);
        outcome = Waiters.Outcome.KEPT;
        assertThat(answer("q")).isEqualTo(ExitCode.OK);
        outcome = Waiters.Outcome.ANSWERED_BEFORE;
        assertThat(answer("q")).isEqualTo(ExitCode.CONFLICT);
        outcome = Waiters.Outcome.EXPIRED;
        assertThat(answer("q")).isEqualTo(ExitCode.CONFLICT);
        outcome = Waiters.Outcome.UNKNOWN;
        assertThat(answer("q")).as("nor is there such a dialog").isEqualTo(ExitCode.ERROR);
    }
}
