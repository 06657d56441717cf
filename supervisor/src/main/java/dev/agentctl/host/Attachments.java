package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The people's terminals that are joined to sessions, by their connection. Each is told who else is there, and told
/// again as others come and go; in this order, so that the last word is true. Any thread may call.
final class Attachments {
    private final Teller teller;
    private final Map<Connection, Guest> guests = new HashMap<>(); // guarded by this

    private record Guest(String session, String who) {}

    /// Sends a reply without waiting for whoever gets it.
    @FunctionalInterface
    interface Teller {
        void tell(Connection connection, int number, HostReply reply);
    }

    Attachments(Teller teller) {
        this.teller = teller;
    }

    /// Adds one.
    ///
    /// @param number of its request
    synchronized void join(Connection connection, int number, HostRequest.Attach attach) {
        guests.put(connection, new Guest(attach.session(), attach.who()));
        if (attach.alone()) {
            removeOthers(connection, attach);
        }
        teller.tell(connection, number, others(connection, attach.session()));
        tellOthers(connection, attach.session());
    }

    private void removeOthers(Connection remaining, HostRequest.Attach attach) {
        HostReply taken = new HostReply.TakenOver(attach.session(), attach.who());
        List<Connection> removed = guests.entrySet().stream()
                .filter(there ->
                        there.getKey() != remaining && there.getValue().session.equals(attach.session()))
                .map(Map.Entry::getKey)
                .toList();
        for (Connection other : removed) {
            guests.remove(other);
            teller.tell(other, 0, taken);
        }
    }

    synchronized void leave(Connection connection) {
        Guest left = guests.remove(connection);
        if (left != null) {
            tellOthers(connection, left.session);
        }
    }

    private void tellOthers(Connection but, String session) {
        guests.forEach((there, guest) -> {
            if (there != but && guest.session.equals(session)) {
                teller.tell(there, 0, others(there, session));
            }
        });
    }

    private HostReply others(Connection connection, String session) {
        return new HostReply.Attached(guests.entrySet().stream()
                .filter(there ->
                        there.getKey() != connection && there.getValue().session.equals(session))
                .map(there -> there.getValue().who)
                .sorted()
                .toList());
    }
}
