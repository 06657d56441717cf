package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Agent;
import dev.agentctl.project.AgentKind;
import dev.agentctl.terminal.TerminalEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final String BEGINNING = "0196a8f0-aaaa-7bbb-8ccc-dd";
    private static final TerminalEvent TITLE = new TerminalEvent.Title("Ready | " + BEGINNING + "...");

    private final List<String> told = new ArrayList<>();
    private final Announcements announcements = new Announcements(
            Agent.of(AgentKind.CODEX),
            (generation, status) -> told.add(generation + " " + status.state()),
            (generation, beginning) -> told.add(generation + " " + beginning));

    @BeforeEach
    void start() {
        announcements.started(1);
    }

    private static TerminalEvent state(String word) {
        return new TerminalEvent.ProgramStatus(word, "codex", "", "");
    }

    @Test
    void ofWhatNobodyListenedToTheLastIsTold() {
        announcements.heard(state("working"));
        announcements.heard(state("idle"));
        announcements.tell();
        announcements.tell();
        assertThat(told).containsExactly("1 idle");
    }

    @Test
    void aStateThatIsSaidTwiceIsToldTwice() {
        assertThat(announcements.heard(state("idle"))).isTrue();
        announcements.tell();
        assertThat(announcements.heard(state("idle"))).isTrue();
        announcements.tell();
        assertThat(announcements.heard(new TerminalEvent.Bell())).isFalse();
        announcements.tell();
        assertThat(told).containsExactly("1 idle", "1 idle");
    }

    @Test
    void aConversationIsToldWhenItIsAnotherOrTheChildIs() {
        announcements.heard(TITLE);
        announcements.tell();
        announcements.heard(TITLE);
        announcements.tell();
        announcements.started(2);
        announcements.heard(TITLE);
        announcements.tell();
        assertThat(told)
                .filteredOn(each -> each.contains(BEGINNING))
                .containsExactly("1 " + BEGINNING, "2 " + BEGINNING);
    }

    @Test
    void whatAFormerChildSaidIsForgotten() {
        announcements.heard(state("working"));
        announcements.heard(TITLE);
        announcements.started(2);
        announcements.tell();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsLeftIsToldAgainToWhoGoesOnWithIt() {
        announcements.heard(TITLE);
        announcements.heard(state("idle"));
        announcements.tell();
        Announcements.Left left = announcements.left();
        told.clear();
        announcements.goOn(1, left);
        announcements.tell();
        assertThat(told).contains("1 idle");
        assertThat(announcements.left()).isEqualTo(left);
    }

    /// As where the next child was started after the last checkpoint, and has printed nothing yet.
    @Test
    void whatAnotherChildHasLeftIsNotTold() {
        announcements.heard(TITLE);
        announcements.heard(state("idle"));
        announcements.goOn(2, announcements.left());
        announcements.tell();
        assertThat(told).isEmpty();
    }
}
