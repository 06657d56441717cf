package dev.agentctl.session;

import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The files of a session while the n-th call on files fails: what its agent is pointed at, its screen's
/// checkpoint, and what its hooks kept.
@Timeout(600)
class FailingFilesTest {
    @TempDir
    Path temporary;

    @Test
    void everyFileIsWholeWhicheverCallFailed() throws IOException, InterruptedException {
        FaultSweep.run("files of a session", FailingFiles.class, temporary, 3);
    }
}
