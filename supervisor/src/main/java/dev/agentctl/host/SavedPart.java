package dev.agentctl.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much of a log is on disk, what was lost on the way there, and whether the disk takes more. To be used under
/// the log's lock.
final class SavedPart {
    private static final Logger LOG = LoggerFactory.getLogger(SavedPart.class);

    private long end;
    private long sequence;
    private Losses losses;
    /// Whether the newest loss goes on: nothing was saved since.
    private boolean losing;

    private boolean queued;
    private boolean failing;

    /// @param end what is before this offset is on disk, or lost
    /// @param sequence of the newest mark on disk; negative where there is none
    SavedPart(long end, long sequence, Losses losses) {
        this.end = end;
        this.sequence = sequence;
        this.losses = losses;
    }

    long end() {
        return end;
    }

    long sequence() {
        return sequence;
    }

    /// Whether the disk refused what it was last given, or took too long.
    boolean isFailing() {
        return failing;
    }

    /// @param kept where the part in memory begins
    Losses losses(long kept) {
        return losses.and(kept - end, losing);
    }

    /// Something is to be written; whether that is news to the store.
    boolean queue() {
        boolean news = !queued;
        queued = true;
        return news;
    }

    /// The store comes for what there is: what memory does not keep any more is lost.
    ///
    /// @param kept where the part in memory begins
    void begin(long kept) {
        queued = false;
        losses = losses(kept);
        losing |= kept > end;
        end = Math.max(end, kept);
    }

    /// The disk took it.
    void reached(long newEnd, long newSequence) {
        end = Math.max(end, newEnd);
        sequence = Math.max(sequence, newSequence);
        losing = false;
        if (failing) {
            failing = false;
            LOG.info("a session's log is written to disk again");
        }
    }

    /// The disk took no more than up to an offset. It is tried again after a while, not at the next byte.
    void refused(long newEnd, String why) {
        end = Math.max(end, newEnd);
        queued = true;
        fail(why);
    }

    /// Memory is given up to what comes.
    void fail(String why) {
        if (!failing) {
            failing = true;
            LOG.warn("cannot write a session's log to disk, keeping its newest output in memory only: {}", why);
        }
    }
}
