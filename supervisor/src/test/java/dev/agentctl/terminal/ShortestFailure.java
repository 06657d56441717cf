package dev.agentctl.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Makes a failing input shorter as long as it still fails: whole steps go first, then pieces of output by halves down
/// to single bytes.
final class ShortestFailure {
    private static final long LIMIT_NANOS = 20_000_000_000L;

    private final Predicate<List<FuzzStep>> fails;
    private final long start = System.nanoTime();
    private List<FuzzStep> steps;

    private ShortestFailure(List<FuzzStep> steps, Predicate<List<FuzzStep>> fails) {
        this.steps = steps;
        this.fails = fails;
    }

    static List<FuzzStep> of(List<FuzzStep> steps, Predicate<List<FuzzStep>> fails) {
        ShortestFailure search = new ShortestFailure(steps, fails);
        boolean shorter = true;
        while (shorter && search.hasTime()) {
            boolean fewerSteps = search.dropSteps();
            shorter = search.dropBytes() || fewerSteps;
        }
        return search.steps;
    }

    private boolean hasTime() {
        return System.nanoTime() - start < LIMIT_NANOS;
    }

    private boolean keepIfFailing(List<FuzzStep> candidate) {
        boolean kept = hasTime() && fails.test(candidate);
        steps = kept ? candidate : steps;
        return kept;
    }

    private boolean dropSteps() {
        boolean shorter = false;
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<FuzzStep> candidate = new ArrayList<>(steps);
            candidate.remove(i);
            shorter |= keepIfFailing(candidate);
        }
        return shorter;
    }

    private boolean dropBytes() {
        boolean shorter = false;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof FuzzStep.Feed feed) {
                for (int size = Math.max(1, feed.bytes().length / 2); size > 0; size /= 2) {
                    shorter |= dropBytes(i, size);
                }
            }
        }
        return shorter;
    }

    private boolean dropBytes(int step, int size) {
        boolean shorter = false;
        int at = 0;
        while (steps.get(step) instanceof FuzzStep.Feed(byte[] bytes) && at < bytes.length) {
            int end = Math.min(bytes.length, at + size);
            byte[] rest = Arrays.copyOf(bytes, bytes.length - (end - at));
            System.arraycopy(bytes, end, rest, at, bytes.length - end);
            List<FuzzStep> candidate = new ArrayList<>(steps);
            candidate.set(step, new FuzzStep.Feed(rest));
            if (keepIfFailing(candidate)) {
                shorter = true;
            } else {
                at = end;
            }
        }
        return shorter;
    }
}
