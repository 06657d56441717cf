package dev.agentctl.host;

/// Output that is neither in memory nor on disk any more though no limit says so.
///
/// @param times how often something was lost
record Losses(long bytes, int times) {
    static final Losses NONE = new Losses(0, 0);

    Losses and(long more) {
        return more <= 0 ? this : new Losses(bytes + more, times + 1);
    }

    /// @param goesOn whether it belongs to the loss before
    Losses and(long more, boolean goesOn) {
        return more > 0 && goesOn ? new Losses(bytes + more, times) : and(more);
    }

    Losses plus(Losses others) {
        return new Losses(bytes + others.bytes, times + others.times);
    }
}
