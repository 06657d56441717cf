package dev.agentctl.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a look at the supervisor came to, in Prometheus' text format. It is looked at only when somebody asks, and
/// nothing in it is anybody's words. Any thread may call.
public final class Figures {
    private final Supplier<Look> looks;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge states;
    private final MultiGauge queues;
    private final MultiGauge restarts;
    private final MultiGauge messages;
    private volatile Look last;

    /// A session's share.
    ///
    /// @param queued messages that it has not taken yet
    public record SessionFigures(String name, String state, int queued, long restarts) {}

    /// All figures of one moment.
    ///
    /// @param waits what agents wait for an operator to answer
    /// @param outbox messages to chats that are still to be sent
    /// @param messages how many messages to sessions have come how far, by stage
    public record Look(List<SessionFigures> sessions, int waits, int outbox, Map<String, Long> messages) {}

    public Figures(Supplier<Look> looks) {
        this.looks = looks;
        this.last = new Look(List.of(), 0, 0, Map.of());
        this.states = MultiGauge.builder("agentctl.sessions")
                .description("Sessions by state")
                .register(registry);
        this.queues = MultiGauge.builder("agentctl.session.queue")
                .description("Messages that a session has not taken yet")
                .register(registry);
        this.restarts = MultiGauge.builder("agentctl.session.restarts")
                .description("Restarts after a crash since a person started it")
                .register(registry);
        this.messages = MultiGauge.builder("agentctl.messages")
                .description("Messages to sessions by how far they have come, of those that are kept")
                .register(registry);
        Gauge.builder("agentctl.waits", () -> last.waits())
                .description("Questions and dialogs of agents that wait for an operator")
                .register(registry);
        Gauge.builder("agentctl.outbox", () -> last.outbox())
                .description("Messages to chats that are still to be sent")
                .register(registry);
        Runtime runtime = Runtime.getRuntime();
        Gauge.builder("agentctl.heap.bytes", () -> runtime.totalMemory() - runtime.freeMemory())
                .description("Heap in use by the supervisor")
                .register(registry);
    }

    /// Looks now.
    public synchronized String text() {
        last = looks.get();
        Map<String, Long> byState = new java.util.TreeMap<>();
        last.sessions().forEach(session -> byState.merge(session.state(), 1L, Long::sum));
        states.register(rows("state", byState), true);
        messages.register(rows("stage", last.messages()), true);
        queues.register(
                last.sessions().stream()
                        .map(session -> MultiGauge.Row.of(Tags.of("session", session.name()), session.queued()))
                        .toList(),
                true);
        restarts.register(
                last.sessions().stream()
                        .map(session -> MultiGauge.Row.of(Tags.of("session", session.name()), session.restarts()))
                        .toList(),
                true);
        return registry.scrape();
    }

    private static List<MultiGauge.Row<?>> rows(String tag, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(Tags.of(tag, each.getKey()), each.getValue()))
                .toList();
    }
}
