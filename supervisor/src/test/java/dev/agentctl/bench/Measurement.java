package dev.agentctl.bench;

import java.io.IOException;
import java.util.List;

/// One of the figures of the table, with whatever it needs started and ended again.
@FunctionalInterface
interface Measurement {
    List<Result> take(Bed bed) throws IOException, InterruptedException;
}
