package dev.agentctl.telegram;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operator should know about the connection, in one line. Each change is logged once. Any thread may call.
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    @GuardedBy("this")
    private String receiving = "connecting";

    @GuardedBy("this")
    private String sending = "";

    @GuardedBy("this")
    private boolean closed;

    /// From now on nothing changes: what breaks while everything is being closed is no news.
    synchronized void close() {
        closed = true;
    }

    synchronized String line() {
        return "telegram: " + receiving + (sending.isEmpty() ? "" : "; " + sending);
    }

    void received() {
        set("ok", null);
    }

    /// A poll failed, and will be tried again.
    void receivingFailed(String why) {
        set(why, null);
    }

    void sent() {
        set(null, "");
    }

    /// Sending failed, and will be tried again.
    void sendingFailed(String why) {
        set(null, why);
    }

    /// What an error of the server means to the operator.
    static String explain(int code, String description) {
        return switch (code) {
            case 401 -> "401 Unauthorized: the bot token is refused; check telegram.token";
            case 404 -> "404 Not Found: no such bot or server; check telegram.token and telegram.api_url";
            case 409 ->
                description.contains("webhook")
                        ? "409 Conflict: a webhook is set for this bot; removing it"
                        : "409 Conflict: another program polls this bot too; stop it or revoke the token";
            default -> code + " " + description;
        };
    }

    private void set(@Nullable String newReceiving, @Nullable String newSending) {
        String before;
        String after;
        synchronized (this) {
            if (closed) {
                return;
            }
            before = line();
            receiving = newReceiving == null ? receiving : newReceiving;
            sending = newSending == null ? sending : newSending;
            after = line();
        }
        if (!before.equals(after)) {
            LOG.info("{}", after);
        }
    }
}
