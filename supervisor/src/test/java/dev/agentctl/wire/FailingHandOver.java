package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.testkit.FailingCalls;
import dev.agentctl.testkit.FaultSweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Writes and reads hand-overs, one over the other, while the n-th call on files fails. What could be written and read
/// is what was meant, never the former one or a part; and the next upgrade works.
final class FailingHandOver {
    private FailingHandOver() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FaultSweep.play(arguments, FailingHandOver::play);
    }

    private static long play(FailingCalls faults, long n, boolean lasting, Path folder) throws IOException {
        Path file = folder.resolve("host.handover");
        handOver(1).write(file);
        FaultSweep.arm(faults, n, lasting, folder);
        try {
            handOver(2).write(file);
            assertThat(HandOver.read(file).state()).isEqualTo(handOver(2).state());
        } catch (IOException _) {
            // the role works on
        }
        long calls = faults.calls();
        faults.disarm(folder);
        handOver(3).write(file);
        assertThat(HandOver.read(file).state()).isEqualTo(handOver(3).state());
        return calls;
    }

    private static HandOver handOver(int number) {
        byte[] state = new byte[20_000 * number];
        Arrays.fill(state, (byte) number);
        return new HandOver(List.of("java", "Main" + number), number, Set.of(number), state);
    }
}
