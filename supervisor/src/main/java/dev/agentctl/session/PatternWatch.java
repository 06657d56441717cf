package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent.ScreenSeen;
import dev.agentctl.project.Habits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at the screen of a program whose project tells its state by patterns, and reports what has changed.
///
/// It looks at most ten times a second, however much is printed. Work and dialogs count at once; readiness only when
/// it is still seen after a moment, for a program may draw its prompt before it has taken the last line. Its session's
/// mailbox calls it, except where noted.
final class PatternWatch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration SETTLED = Duration.ofMillis(300);
    /// A program that answers a message with no output at all is looked at again.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Mailbox mailbox;
    private final Supplier<Habits> habits;
    private final Supplier<SessionScreen.Shown> screen;
    private final Predicate<Report> reports;
    private final AtomicBoolean lookDue = new AtomicBoolean();
    private Habits compiled = Habits.NONE;
    private ScreenPatterns patterns = new ScreenPatterns(Habits.NONE);
    private @Nullable Report last;
    /// The report of readiness that waits to be settled.
    private @Nullable Report hopeful;

    private long hopes;

    /// What was seen on the screen of which child.
    record Report(long generation, ScreenSeen seen) {
        boolean says(Report other) {
            return generation == other.generation
                    && seen.kind() == other.seen.kind()
                    && (seen.kind() != ScreenSeen.Kind.DIALOG || seen.equals(other.seen));
        }
    }

    PatternWatch(
            Mailbox mailbox, Supplier<Habits> habits, Supplier<SessionScreen.Shown> screen, Predicate<Report> reports) {
        this.mailbox = mailbox;
        this.habits = habits;
        this.screen = screen;
        this.reports = reports;
    }

    /// The screen may have changed. Any thread.
    void drawn() {
        if (habits.get().anyPattern()) {
            lookSoon();
        }
    }

    /// The patterns may have changed, or been taken away.
    void reconfigured() {
        lookSoon();
    }

    private void lookSoon() {
        if (!lookDue.getAndSet(true)) {
            mailbox.postAfter(LOOK_EVERY, () -> {
                lookDue.set(false);
                look();
            });
        }
    }

    /// A message was typed: whatever the screen showed before, the program is not ready until it shows it anew.
    void typed(long generation) {
        if (habits.get().tellWork()) {
            hopeful = null;
            say(new Report(
                    generation, new ScreenSeen(ScreenSeen.Kind.BUSY, "a message was typed; not seen ready since", "")));
            mailbox.postAfter(SILENCE, this::drawn);
        }
    }

    /// Whether the screen as it is now lets a message be typed; true where there are no patterns.
    boolean takesMessages() {
        if (isBehind()) {
            drawn();
            return false;
        }
        Optional<Report> now = read();
        boolean takes = now.map(report -> report.seen().kind())
                .map(kind -> kind == ScreenSeen.Kind.READY || kind == ScreenSeen.Kind.NOTHING)
                .orElse(true);
        if (!takes) {
            // the change is not told yet; that it is over again must then be told too
            last = null;
            drawn();
        }
        return takes;
    }

    /// Whether a dialog is on the screen as it is now.
    boolean showsDialog() {
        return isBehind()
                || read().filter(report -> report.seen().kind() == ScreenSeen.Kind.DIALOG)
                        .isPresent();
    }

    /// Whether the screen is still being drawn up to where its session was taken over: what it shows is old.
    private boolean isBehind() {
        return habits.get().anyPattern() && !screen.get().current();
    }

    private void look() {
        if (isBehind()) {
            lookSoon();
            return;
        }
        Report before = last;
        Optional<Report> now = read();
        if (now.isEmpty()) {
            hopeful = null;
            if (before != null) {
                say(new Report(before.generation, new ScreenSeen(ScreenSeen.Kind.NOTHING, "no patterns any more", "")));
                last = null;
            }
            return;
        }
        Report report = now.get();
        if (before != null && before.says(report)) {
            hopeful = null;
        } else if (report.seen().kind() == ScreenSeen.Kind.READY) {
            hope(report);
        } else {
            hopeful = null;
            say(report);
        }
    }

    private void hope(Report report) {
        Report waits = hopeful;
        if (waits == null || !waits.says(report)) {
            hopeful = report;
            long hope = ++hopes;
            mailbox.postAfter(SETTLED, () -> settle(hope));
        }
    }

    private void settle(long hope) {
        Report hoped = hopeful;
        if (hoped == null || hope != hopes) {
            return;
        }
        hopeful = null;
        Optional<Report> now = read();
        if (now.filter(hoped::says).isPresent()) {
            say(now.get());
        } else {
            look();
        }
    }

    private Optional<Report> read() {
        Habits wanted = habits.get();
        if (!wanted.equals(compiled)) {
            compiled = wanted;
            patterns = new ScreenPatterns(wanted);
        }
        SessionScreen.Shown shown = screen.get();
        return patterns.read(shown.screen()).map(seen -> new Report(shown.generation(), seen));
    }

    /// A report leads to another look at the queue, and that to another look at the screen.
    private void say(Report report) {
        last = report;
        if (!reports.test(report)) {
            last = null;
        }
    }
}
