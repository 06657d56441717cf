package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.wire.Rehearsal;
import dev.agentctl.wire.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DressRehearsalTest {
    @TempDir
    private Path temporary;

    @Test
    void isPlayedToItsEndAndLeavesNothing() throws IOException, InterruptedException {
        StateFolder state = new StateFolder(temporary.resolve("state"));
        assertThat(state.prepare()).isEmpty();

        Rehearsal.run(state, "role", Duration.ZERO, DressRehearsal::play);

        assertThat(state.path()).isEmptyDirectory();
    }
}
