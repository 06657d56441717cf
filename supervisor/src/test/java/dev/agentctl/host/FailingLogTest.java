package dev.agentctl.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentctl.testkit.FailingCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A session's log while the n-th call on files fails, once and from then on. The system property
/// `agentctl.faults.step` is the distance between the n that are tried: 1 tries all.
@Timeout(600)
class FailingLogTest {
    @TempDir
    Path temporary;

    @Test
    void everyByteIsThereOrCountedWhicheverCallFailed() throws IOException, InterruptedException {
        Optional<Path> library = FailingCalls.library(temporary);
        assumeTrue(library.isPresent(), "gcc is not installed");
        String said = FailingCalls.run(
                library.orElseThrow(),
                FailingLog.class,
                temporary.toString(),
                Integer.toString(Integer.getInteger("agentctl.faults.step", 7)));
        System.out.println("log, " + said.replace("\n", "; "));
        assertThat(said).containsPattern("once: [0-9]{2,} calls").contains("tried ");
    }
}
