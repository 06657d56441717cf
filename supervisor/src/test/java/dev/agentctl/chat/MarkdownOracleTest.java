package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whether Telegram itself finds in our messages what we put into them. Without its parser, which `scripts/test`
/// installs, this is skipped. Give `-Dagentctl.test.documents=100000` for a long run; by default it ends after 10 s.
final class MarkdownOracleTest {
    private static final int DOCUMENTS = Integer.getInteger("agentctl.test.documents", 20_000);
    private static final boolean BOUNDED = System.getProperty("agentctl.test.documents") == null;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LIMIT = 400;
    private static final Path LIBRARY =
            Path.of("../.build/agents/node_modules/@prebuilt-tdlib/linux-x64-glibc/libtdjson.so");

    @Test
    void telegramFindsTheSameTextAndEntities() throws IOException {
        assumeTrue(Files.exists(LIBRARY), LIBRARY + " is not there; run scripts/install-test-agents");
        TdlibParser telegram = TdlibParser.load(LIBRARY.toAbsolutePath().normalize());
        Random random = new Random(20260302);
        long end = System.nanoTime() + LONGEST.toNanos();
        int parts = 0;
        for (int i = 0; i < DOCUMENTS && !(BOUNDED && System.nanoTime() > end); i++) {
            String markdown = MarkdownFuzzTest.document(random);
            for (FormattedText part : TextSplit.split(MarkdownText.render(markdown), LIMIT)) {
                assertThat(telegram.read(part).map(MarkdownOracleTest::sorted))
                        .as("%s\nas %s\nfrom %s", part, TdlibParser.html(part), markdown)
                        .isEqualTo(Optional.of(sorted(part)));
                parts++;
            }
        }
        System.getLogger("oracle").log(System.Logger.Level.INFO, "checked " + parts + " messages");
        assertThat(parts).isGreaterThan(100);
    }

    /// Of two with the same stretch either may come first, and an address without a path gets one.
    private static FormattedText sorted(FormattedText text) {
        List<TextEntity> entities = text.entities().stream()
                .map(entity -> new TextEntity(
                        entity.type(),
                        entity.offset(),
                        entity.length(),
                        entity.language(),
                        entity.url().map(url -> url.replaceFirst("/$", ""))))
                .sorted(Comparator.comparingInt(TextEntity::offset)
                        .thenComparingInt(TextEntity::length)
                        .thenComparing(TextEntity::type))
                .toList();
        return new FormattedText(text.text(), entities);
    }
}
