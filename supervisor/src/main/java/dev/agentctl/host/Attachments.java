package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The people's terminals that are joined to sessions, by their connection. Any thread may call.
final class Attachments {
    private final Map<Connection, Guest> guests = new ConcurrentHashMap<>();

    private record Guest(String session, String who) {}

    /// Adds one, and says who was there before.
    List<String> join(Connection connection, HostRequest.Attach attach) {
        List<String> others = new ArrayList<>();
        guests.forEach((there, guest) -> {
            if (there != connection && guest.session.equals(attach.session())) {
                others.add(guest.who);
            }
        });
        guests.put(connection, new Guest(attach.session(), attach.who()));
        return others;
    }

    void leave(Connection connection) {
        guests.remove(connection);
    }

    /// Takes all but one out of a session, and gives their connections.
    List<Connection> removeOthers(Connection remaining, String session) {
        List<Connection> removed = new ArrayList<>();
        guests.forEach((there, guest) -> {
            if (there != remaining && guest.session.equals(session) && guests.remove(there, guest)) {
                removed.add(there);
            }
        });
        return removed;
    }
}
