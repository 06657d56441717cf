package dev.agentctl.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.project.Secret;
import dev.agentctl.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The secrets here are made up; each is put together so that no scanner takes this file for a leak.
final class MaskingTest {
    private static final String LONG = "abcdefghijklmnopqrstuvwxyz0123456789ABCD";

    @ParameterizedTest
    @CsvSource({
        "Anthropic key, sk-ant-, api03-%",
        "OpenAI key, sk-, proj-%",
        "GitHub token, ghp_, %",
        "GitHub token, github_pat_, %",
        "GitLab token, glpat-, %",
        "AWS key, AKIA, IOSFODNN7EXAMPLE",
        "AWS secret key, aws_secret_access_key=, %",
        "Google key, AIza, abcdefghijklmnopqrstuvwxyz012345678",
        "Slack token, xoxb-, 123456789012-%",
        "Telegram bot token, 12345678, 90:abcdefghijklmnopqrstuvwxyz012345678",
        "Stripe key, sk_live_, %",
        "npm token, npm_, abcdefghijklmnopqrstuvwxyz0123456789",
        "agentctl token, AGENTCTL_TOKEN=, %xyz",
    })
    void eachKnownShapeIsHidden(String words, String begin, String rest) {
        String secret = begin + rest.replace("%", LONG);
        assertThat(Masking.SHAPES.of("it is `" + secret + "`, see?"))
                .isEqualTo("it is `⟨hidden: " + words + "⟩`, see?");
        assertThat(Masking.SHAPES.of(secret)).isEqualTo("⟨hidden: " + words + "⟩");
    }

    @Test
    void theTokenInAnAddressOfTheBotApiIsHidden() {
        String address = "https://api.telegram.org/bot1234567890:" + LONG.substring(0, 35) + "/getMe";
        assertThat(Masking.SHAPES.of(address))
                .isEqualTo("https://api.telegram.org/bot⟨hidden: Telegram bot token⟩/getMe");
    }

    @Test
    void aPrivateKeyIsHiddenAsAWholeButNoCommandCanHideInOne() {
        String line = (LONG + LONG).substring(0, 64);
        String begin = "-----BEGIN OPENSSH PRIVATE" + " KEY-----\n";
        String end = "\n-----END OPENSSH PRIVATE" + " KEY-----";
        String key = begin + line + "\n" + line + "\n" + "abc=" + end;
        assertThat(Masking.SHAPES.of("a\n" + key + "\nb")).isEqualTo("a\n⟨hidden: private key⟩\nb");
        String trick = begin + "reboot\n" + line + end;
        assertThat(Masking.SHAPES.of(trick)).isEqualTo(trick);
    }

    @ParameterizedTest
    @CsvSource({
        "the task-force sk-8 and disk-encryption-with-long-names-of-files",
        "commit 5f2e96a4c0d1b2e3f4a5968778695a4b3c2d1e0f",
        "12:30:45 and 10.0.0.1:8080",
        "AKIA is how they begin",
    })
    void otherWordsStay(String words) {
        assertThat(Masking.SHAPES.of(words)).isEqualTo(words);
    }

    @Test
    void theEnvironmentsValuesAreHiddenWhereverTheyStand() {
        Masking masking = new Masking(() -> List.of(new Secret("hunter2hunter2"), new Secret("2hunter2x")));
        assertThat(masking.of("hunter2hunter2x hunter2hunter2"))
                .isEqualTo("⟨hidden: a value of the environment⟩ ⟨hidden: a value of the environment⟩");
        Outgoing.Card card = new Outgoing.Card(
                Kind.QUESTION,
                Optional.empty(),
                Optional.of("a"),
                "prompt:1",
                "curl -u x:hunter2hunter2",
                List.of(List.of(new Button("Always: hunter2hunter2", "0", "/always 1"))),
                Optional.empty());
        assertThat(masking.of(card).toString()).doesNotContain("hunter2");
        assertThat(masking.of(new Outgoing.Live(
                                Optional.empty(), Optional.empty(), "t", "hunter2hunter2", Optional.empty()))
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void aSecretThatGoesOnInTheNextRowIsHiddenOnTheScreen() {
        Terminal terminal = new Terminal(20, 8, 100, _ -> {});
        byte[] output = ("before\r\nkey ghp_" + LONG + " after\r\nlast\r\nand so on for a while\r\n").getBytes(UTF_8);
        terminal.feed(output, 0, output.length);
        assertThat(Masking.SHAPES.screen(terminal.screen()).stripTrailing())
                .isEqualTo("before\nkey ⟨hidden: GitHub token⟩ after\nlast\nand so on for a whil\ne");
        assertThat(Masking.SHAPES.isNeeded(terminal.screen())).isTrue();
        assertThat(terminal.lastLines(8)).contains("key ghp_" + LONG + " after");
    }

    @Test
    void aScreenWithoutSecretsIsAsItIs() {
        Terminal terminal = new Terminal(20, 4, 100, _ -> {});
        byte[] output = "a long line that is wrapped\r\nx".getBytes(UTF_8);
        terminal.feed(output, 0, output.length);
        assertThat(Masking.SHAPES.isNeeded(terminal.screen())).isFalse();
    }
}
