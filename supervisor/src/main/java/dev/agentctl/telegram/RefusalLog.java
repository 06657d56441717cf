package dev.agentctl.telegram;

import dev.agentctl.store.Audit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Notes refused people in the audit: each at most once an hour and all together at most 100 times an hour, so that a
/// flood of strangers cannot push everything else out. For one thread.
final class RefusalLog {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_IN_A_WINDOW = 100;

    private final Audit audit;
    private final InstantSource clock;
    private final Map<String, Instant> noted = new LinkedHashMap<>();

    RefusalLog(Audit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void note(Judgement.Refused refused) {
        Instant now = clock.instant();
        noted.values().removeIf(at -> at.isBefore(now.minus(WINDOW)));
        if (noted.size() < MOST_IN_A_WINDOW && noted.putIfAbsent(refused.user(), now) == null) {
            audit.record(TelegramSettings.CHAT_NAME, refused.user(), "message", "refused: " + refused.why());
        }
    }
}
