package dev.agentctl.wire;

import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an upgrade leaves to the new build, while the n-th call on files fails.
@Timeout(600)
class FailingHandOverTest {
    @TempDir
    Path temporary;

    @Test
    void whatIsReadIsWhatWasWrittenWhicheverCallFailed() throws IOException, InterruptedException {
        FaultSweep.run("hand-over", FailingHandOver.class, temporary, 1);
    }
}
