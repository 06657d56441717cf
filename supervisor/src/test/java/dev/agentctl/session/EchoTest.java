package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EchoTest {
    @Test
    void aComposerThatWrapsAndFramesShowsIt() {
        Echo echo = Echo.of("please count all the beans in the jar");
        assertThat(echo.count("│ > please count all the beans │\n│   in the jar │"))
                .isEqualTo(1);
        assertThat(echo.count("│ > please count │")).isZero();
    }

    @Test
    void whatStoodThereBeforeIsCountedToo() {
        Typing typing = new Typing(message("go on"), 1, "> go on\n\n> ");
        assertThat(typing.isOn("> go on\n\n> ")).isFalse();
        assertThat(typing.isOn("> go on\n\n> go on ")).isTrue();
    }

    @Test
    void aLongOneIsFolded() {
        Typing typing = new Typing(message("a\nb\nthe end"), 1, "❯ ");
        assertThat(typing.isOn("❯ [Pasted text #1 +400 lines]")).isTrue();
        assertThat(typing.isOn("› [Pasted Content 16905 chars]")).isTrue();
    }

    @Test
    void whatHasNoLettersCannotBeRecognised() {
        assertThat(new Typing(message("?!"), 1, "").isVisible()).isFalse();
        assertThat(new Typing(message("数えて"), 1, "").isVisible()).isTrue();
    }

    private static Message message(String text) {
        return new Message(1, "a", text, Optional.empty(), Message.Stage.STORED);
    }
}
