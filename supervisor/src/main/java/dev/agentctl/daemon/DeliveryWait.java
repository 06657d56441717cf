package dev.agentctl.daemon;

import dev.agentctl.agent.Agent;
import dev.agentctl.control.ControlReply;
import dev.agentctl.session.Delivery;
import dev.agentctl.session.Session;
import dev.agentctl.session.SessionView;
import dev.agentctl.session.Sessions;
import dev.agentctl.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Waits for a message to come further.
///
/// @param key that it was sent with
/// @param seen its stage that is known already
record DeliveryWait(Sessions sessions, Session session, String key, String seen) {
    /// Waits at most that long.
    ControlReply await(long millis) {
        CompletableFuture<Boolean> reply = new CompletableFuture<>();
        // whoever waits no longer is forgotten with the next change
        var _ = session.when(view -> reply.isDone() || isNews(view)).thenAccept(_ -> reply.complete(true));
        var _ = reply.completeOnTimeout(false, millis, TimeUnit.MILLISECONDS).join();
        SessionView view = session.view();
        Optional<Delivery> delivery = sessions.delivery(key);
        return new ControlReply.Delivered(
                delivery.map(found -> Deliveries.report(found, Instant.now())),
                delivery.isEmpty() || isOver(delivery.get(), view),
                view.state().word(),
                session.evidence());
    }

    private boolean isNews(SessionView view) {
        try {
            Optional<Delivery> delivery = sessions.delivery(key);
            return delivery.isEmpty()
                    || !delivery.get().message().stage().word().equals(seen)
                    || isOver(delivery.get(), view);
        } catch (StoreException _) {
            // whoever waits is told of it, not the session that looks on their behalf
            return true;
        }
    }

    /// Whether nothing more comes of it by itself.
    private static boolean isOver(Delivery delivery, SessionView view) {
        return switch (delivery.message().stage()) {
            case STORED, TYPING -> Waiting.isAtRest(view.state());
            // its session says what became of the Enter, also when the agent ends
            case SUBMITTING -> false;
            case TYPED -> !Agent.of(view.project().agent()).reports();
            case ACCEPTED, UNCERTAIN, ANSWERED, WITHDRAWN -> true;
        };
    }
}
