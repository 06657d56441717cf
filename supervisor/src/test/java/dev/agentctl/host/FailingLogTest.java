package dev.agentctl.host;

import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A session's log while the n-th call on files fails.
@Timeout(600)
class FailingLogTest {
    @TempDir
    Path temporary;

    @Test
    void everyByteIsThereOrCountedWhicheverCallFailed() throws IOException, InterruptedException {
        FaultSweep.run("log", FailingLog.class, temporary, 7);
    }
}
