package dev.agentctl.terminal;

/// The seed a test with random input begins with: always the same, so that a change is judged by what it changes. With
/// the system property `agentctl.fuzz.seconds` one that was never tried before; `agentctl.fuzz.seed` names a given one.
final class FuzzSeed {
    private FuzzSeed() {}

    static long first() {
        long usual = System.getProperty("agentctl.fuzz.seconds") == null ? 1 : System.nanoTime();
        return Long.getLong("agentctl.fuzz.seed", usual);
    }
}
