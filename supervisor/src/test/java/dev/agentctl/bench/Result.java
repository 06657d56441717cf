package dev.agentctl.bench;

import java.util.Locale;

/// One line of the table.
///
/// @param ratio of our figure to the target, and whether that is enough
record Result(String what, String peers, String ours, String target, String ratio) {
    /// A figure that is to stay at or below the target.
    static Result atMost(String what, String peers, String ours, double figure, double target, String unit) {
        return judged(what, peers, ours, "<= " + number(target) + " " + unit, figure / target, figure <= target);
    }

    /// A figure that is to reach the target.
    static Result atLeast(String what, String peers, String ours, double figure, double target, String unit) {
        return judged(what, peers, ours, ">= " + number(target) + " " + unit, figure / target, figure >= target);
    }

    /// What must not happen, and did not: a measurement that saw it fails.
    static Result none(String what, String peers, String ours) {
        return new Result(what, peers, ours, "0", "reached");
    }

    /// A figure without a target.
    static Result plain(String what, String peers, String ours) {
        return new Result(what, peers, ours, "-", "-");
    }

    private static Result judged(String what, String peers, String ours, String target, double ratio, boolean enough) {
        String verdict = String.format(Locale.ROOT, "%.2f", ratio) + (enough ? "" : " MISSED");
        return new Result(what, peers, ours, target, verdict);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
