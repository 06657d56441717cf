package dev.agentctl.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.telegram.telegrambots.longpolling.interfaces.BackOff;

/// How long polling waits after a failure: as long as the server asks for, whatever it asks; otherwise longer with
/// each failure in a row, up to a bound. Any thread may call.
final class PollBackOff implements BackOff {
    private final Pace pace;
    private final UnaryOperator<Duration> lasting;

    @GuardedBy("this")
    private int failures;

    @GuardedBy("this")
    private Optional<Duration> asked = Optional.empty();

    PollBackOff(Pace pace) {
        this(pace, wait -> wait);
    }

    /// @param lasting how long a wait really lasts; a test makes hours short
    PollBackOff(Pace pace, UnaryOperator<Duration> lasting) {
        this.pace = pace;
        this.lasting = lasting;
    }

    /// The server wants to be left alone so long.
    synchronized void askedToWait(Duration time) {
        asked = Optional.of(time);
    }

    @Override
    public synchronized void reset() {
        failures = 0;
        asked = Optional.empty();
    }

    @Override
    public synchronized long nextBackOffMillis() {
        failures++;
        Duration wait = asked.orElse(pace.retryAfter(failures));
        asked = Optional.empty();
        return lasting.apply(wait).toMillis();
    }
}
