package dev.agentctl.store;

import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The state file while the n-th call on files fails.
@Timeout(600)
class FailingStoreTest {
    @TempDir
    Path temporary;

    @Test
    void whatWasAcknowledgedIsThereWhicheverCallFailed() throws IOException, InterruptedException {
        FaultSweep.run("state file", FailingStore.class, temporary, 3);
    }
}
