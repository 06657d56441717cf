package dev.agentctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.chat.Button;
import dev.agentctl.chat.ButtonBook.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ButtonTableTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    @AutoClose
    private final Database database;

    private final ButtonTable buttons;

    ButtonTableTest(@TempDir Path folder) {
        database = Database.open(folder.resolve("state.db"));
        buttons = new ButtonTable(database, InstantSource.fixed(NOW));
    }

    @Test
    void aButtonWorksOnceForWhoeverIsFirst() {
        Button button = buttons.button("Start", "/run a", "", "", LATER);
        assertThat(button.action()).matches("[0-9a-f]{32}");
        assertThat(buttons.take(button.action(), "ann", "press 1")).isEqualTo(new Taken.Command("/run a"));
        assertThat(buttons.take(button.action(), "bob", "press 2")).isEqualTo(new Taken.Used("ann", NOW));
        assertThat(buttons.take(button.action(), "ann", "press 3")).isEqualTo(new Taken.Used("ann", NOW));
    }

    @Test
    void aRedeliveredPressFindsItsActionAgain() {
        Button button = buttons.button("Start", "/run a", "", "", LATER);
        buttons.take(button.action(), "ann", "press 1");
        assertThat(buttons.take(button.action(), "ann", "press 1")).isEqualTo(new Taken.Command("/run a"));
    }

    @Test
    void anExpiredOrInventedButtonDoesNothing() {
        Button button = buttons.button("Start", "/run a", "", "", NOW);
        assertThat(buttons.take(button.action(), "ann", "1")).isEqualTo(new Taken.Expired(NOW));
        assertThat(buttons.take("0".repeat(32), "ann", "2")).isEqualTo(new Taken.Unknown());
        assertThat(buttons.take("' OR 1=1 --", "ann", "3")).isEqualTo(new Taken.Unknown());
    }

    @Test
    void aButtonOfAPromptThatIsNotThereIsUnknown() {
        Button button = buttons.button("Allow", "/allow k3", "k3", "hash", LATER);
        assertThat(buttons.take(button.action(), "ann", "1")).isEqualTo(new Taken.Unknown());
    }
}
