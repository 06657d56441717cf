package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.PlayedRehearsal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DressRehearsalTest {
    @TempDir
    private Path temporary;

    @Test
    void isPlayedToItsEndAndLeavesNothing() throws IOException, InterruptedException {
        assertThat(PlayedRehearsal.leaves(temporary, DressRehearsal::play)).isEmpty();
    }
}
