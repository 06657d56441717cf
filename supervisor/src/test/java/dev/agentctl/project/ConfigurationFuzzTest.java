package dev.agentctl.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever becomes of the file, reading it ends in a result whose lines hold no secret.
final class ConfigurationFuzzTest {
    private static final int ROUNDS = 2_000;
    private static final List<String> PIECES = List.of(
            "\t",
            "\n",
            "\r\n",
            ":",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "'",
            "\"",
            "&a ",
            "*a",
            "!!int ",
            "!x",
            "|\n",
            ">-\n",
            "%YAML 9.9\n",
            "%TAG ! x\n",
            "---\n",
            "...\n",
            "<<: ",
            "? ",
            "~",
            "${",
            "${TELEGRAM_BOT_TOKEN}",
            "$$",
            "\\u00",
            "\"\\UFFFFFFFF\"",
            "\uFEFF",
            "\u2028",
            "\0",
            "0",
            "999999999999999999999",
            "null",
            "#",
            "@",
            "`",
            "\u00e9",
            "\ud83d\ude00",
            "projects: ",
            "env: ",
            "args: ",
            "  ",
            "&a [*a]");

    @TempDir
    private Path folder;

    @Test
    void noMutationOfTheExampleThrowsOrTellsTheToken() throws IOException {
        String example = Files.readString(
                        Path.of("").toAbsolutePath().resolveSibling("config").resolve("agentctl.example.yaml"))
                .replaceAll("(?m)^ *#.*\n", "")
                .replace("${TELEGRAM_BOT_TOKEN}", ConfigurationFolder.TOKEN);
        ConfigurationFolder files = new ConfigurationFolder(folder);
        Random random = new Random(777);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutated(example, random);
            for (String line : ConfigurationFolder.lines(files.read(files.write("agentctl.yaml", mutant)))) {
                assertThat(line)
                        .as("round %s", round)
                        .doesNotContain("AAtheVerySecretPartO")
                        .hasSizeLessThan(500)
                        .doesNotContain("\n");
            }
        }
    }

    private static byte[] mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            int at = random.nextInt(mutant.length() + 1);
            int end = Math.min(mutant.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, mutant.substring(at, end));
                case 2 -> mutant.setLength(Math.max(at, mutant.length() - random.nextInt(200)));
                default -> mutant.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        byte[] bytes = mutant.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
