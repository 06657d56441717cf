package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Agent;
import dev.agentctl.project.AgentKind;
import dev.agentctl.terminal.TerminalEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final String BEGINNING = "0196a8f0-aaaa-7bbb-8ccc-dd";
    private static final TerminalEvent TITLE = new TerminalEvent.Title("Ready | " + BEGINNING + "...");

    private final List<String> told = new ArrayList<>();
    private final Announcements announcements = new Announcements(
            Agent.of(AgentKind.CODEX),
            (generation, status) -> told.add(generation + " " + status.state()),
            (generation, beginning) -> told.add(generation + " " + beginning));

    private static TerminalEvent state(String word) {
        return new TerminalEvent.ProgramStatus(word, "codex", "", "");
    }

    @Test
    void ofWhatNobodyListenedToTheLastIsTold() {
        announcements.heard(state("working"));
        announcements.heard(state("idle"));
        announcements.tell(1);
        announcements.tell(1);
        assertThat(told).containsExactly("1 idle");
    }

    @Test
    void aStateThatIsSaidTwiceIsToldTwice() {
        assertThat(announcements.heard(state("idle"))).isTrue();
        announcements.tell(1);
        assertThat(announcements.heard(state("idle"))).isTrue();
        announcements.tell(1);
        assertThat(announcements.heard(new TerminalEvent.Bell())).isFalse();
        announcements.tell(1);
        assertThat(told).containsExactly("1 idle", "1 idle");
    }

    @Test
    void aConversationIsToldWhenItIsAnotherOrTheChildIs() {
        announcements.heard(TITLE);
        announcements.tell(1);
        announcements.heard(TITLE);
        announcements.tell(1);
        announcements.forget();
        announcements.heard(TITLE);
        announcements.tell(2);
        assertThat(told)
                .filteredOn(each -> each.contains(BEGINNING))
                .containsExactly("1 " + BEGINNING, "2 " + BEGINNING);
    }

    @Test
    void whatAFormerChildSaidIsForgotten() {
        announcements.heard(state("working"));
        announcements.heard(TITLE);
        announcements.forget();
        announcements.tell(2);
        assertThat(told).isEmpty();
    }
}
