package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCommandTest {
    @Test
    void aMessageKeepsItsLinesAndSpaces() {
        assertThat(ChatCommand.parse("/to a  fix  it\n\tand that "))
                .isEqualTo(new ChatCommand.To("a", "fix  it\n\tand that"));
        assertThat(ChatCommand.parse("/to a\nfix it")).isEqualTo(new ChatCommand.To("a", "fix it"));
    }

    @Test
    void aMessageMayLookLikeACommand() {
        assertThat(ChatCommand.parse("/to a /exit")).isEqualTo(new ChatCommand.To("a", "/exit"));
    }

    @Test
    void anAnswerNamesItsQuestion() {
        assertThat(ChatCommand.parse("#ab2cd3 the\nblue one"))
                .isEqualTo(new ChatCommand.Answer("ab2cd3", "the\nblue one"));
        for (String words : List.of("#ab2cd3", "#1 priority", "# ab2cd3 x", "#heading of six")) {
            assertThat(ChatCommand.parse(words)).isEqualTo(new ChatCommand.Words(words));
        }
    }

    @Test
    void theBotsNameAndCapitalsDoNotMatter() {
        assertThat(ChatCommand.parse(" /TO@my_bot a hi")).isEqualTo(new ChatCommand.To("a", "hi"));
        assertThat(ChatCommand.parse("/sessions@my_bot")).isEqualTo(new ChatCommand.ListSessions());
    }

    @Test
    void namesOfSessionsKeepTheirCapitals() {
        assertThat(ChatCommand.parse("/status Project.A")).isEqualTo(new ChatCommand.Status(Optional.of("Project.A")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to", "/to ", "/to a", "/to a  ", "/file a", "/keys a", "/log a x", "/mute a x"})
    void whatLacksSomethingTellsItsUsage(String text) {
        assertThat(ChatCommand.parse(text)).isInstanceOf(ChatCommand.Incomplete.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/delete", "/screen", "/run", "/stop", "/log", "/log 5", "/mute 2h", "/queue clear"})
    void whatNamesNoSessionAsksForOne(String text) {
        SessionNames none = new SessionNames() {
            @Override
            public boolean isMeant(String word) {
                return false;
            }

            @Override
            public Optional<String> implied() {
                return Optional.empty();
            }
        };
        assertThat(new CommandReader(none).read(text)).isInstanceOf(ChatCommand.OfWhich.class);
    }

    @Test
    void deletionHasTwoSteps() {
        assertThat(ChatCommand.parse("/delete a")).isEqualTo(new ChatCommand.Delete("a", Optional.empty()));
        assertThat(ChatCommand.parse("/delete a 0042")).isEqualTo(new ChatCommand.Delete("a", Optional.of("0042")));
    }

    @Test
    void aFileMayHaveSpacesInItsName() {
        assertThat(ChatCommand.parse("/file a my notes.txt")).isEqualTo(new ChatCommand.SendFile("a", "my notes.txt"));
    }

    @Test
    void startWithoutANameIsTelegramsOwnFirstWord() {
        assertThat(ChatCommand.parse("/start")).isEqualTo(new ChatCommand.Help());
        assertThat(ChatCommand.parse("/start a")).isEqualTo(new ChatCommand.Start("a"));
        assertThat(ChatCommand.parse("/run a")).isEqualTo(new ChatCommand.Start("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/ to a hi", "/@bot", "/nonsense a"})
    void whatIsNoCommandIsUnknown(String text) {
        assertThat(ChatCommand.parse(text)).isInstanceOf(ChatCommand.Unknown.class);
    }

    @Test
    void textWithoutASlashIsWords() {
        assertThat(ChatCommand.parse(" hello /to a ")).isEqualTo(new ChatCommand.Words("hello /to a"));
        assertThat(ChatCommand.parse("")).isEqualTo(new ChatCommand.Words(""));
    }

    @Test
    void anyTextIsRead() {
        Random random = new Random(3);
        String letters = "/to @\n\tafiledelete\u0000\u202e\ud83d ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(ChatCommand.parse(text.toString())).isNotNull();
        }
    }
}
