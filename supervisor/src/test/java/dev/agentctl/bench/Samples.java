package dev.agentctl.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Times in milliseconds. One thread adds.
final class Samples {
    private final List<Double> sorted = new ArrayList<>();
    private double first = Double.NaN;

    void add(double millis) {
        int place = Collections.binarySearch(sorted, millis);
        sorted.add(place < 0 ? -place - 1 : place, millis);
    }

    /// Keeps the first one, which finds cold code, apart from the others.
    void addFirst(double millis) {
        first = millis;
    }

    void clear() {
        sorted.clear();
    }

    int count() {
        return sorted.size();
    }

    /// The smallest sample that at least this share of all do not exceed.
    double quantile(double share) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    double median() {
        return quantile(0.5);
    }

    double largest() {
        return quantile(1);
    }

    String medianAndLargest() {
        return String.format(Locale.ROOT, "%.1f (max %.1f, n %d)", median(), largest(), count());
    }

    String fineTails() {
        return String.format(
                Locale.ROOT, "p50 %.2f p99 %.2f max %.1f (n %d)", median(), quantile(0.99), largest(), count());
    }

    String tails() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f p99 %.1f max %.1f (n %d, cold first %.1f)",
                median(),
                quantile(0.99),
                largest(),
                count(),
                first);
    }
}
