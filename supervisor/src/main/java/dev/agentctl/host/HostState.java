package dev.agentctl.host;

import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// What a host's program hands over to the next one in its process, beside what is on disk: the terminals, as numbers
/// of descriptors that stay open, and what it knows of their children.
///
/// @param heldSince when the terminals' reading stopped, in milliseconds as the clock says
record HostState(long heldSince, List<Last> sessions, List<Terminal> terminals) {
    private static final int FORMAT = 1;

    /// A session, and the last child that was started in it.
    record Last(String name, long generation, long pid, boolean alive, int status, int columns, int rows) {}

    /// A child whose terminal is open or whose end was not told.
    ///
    /// @param master its descriptor; -1 where it is closed
    /// @param status how it ended, where that is known
    /// @param told whether everybody else knows it, too
    record Terminal(String session, long generation, long pid, int master, OptionalInt status, boolean told) {}

    /// The descriptors that must stay open.
    Set<Integer> descriptors() {
        Set<Integer> all = new HashSet<>();
        for (Terminal terminal : terminals) {
            if (terminal.master >= 0) {
                all.add(terminal.master);
            }
        }
        return all;
    }

    byte[] encode() {
        Encoder out = new Encoder().i32(FORMAT).i64(heldSince).i32(sessions.size());
        for (Last last : sessions) {
            out.string(last.name)
                    .i64(last.generation)
                    .i64(last.pid)
                    .flag(last.alive)
                    .i32(last.status)
                    .i32(last.columns)
                    .i32(last.rows);
        }
        out.i32(terminals.size());
        for (Terminal terminal : terminals) {
            out.string(terminal.session)
                    .i64(terminal.generation)
                    .i64(terminal.pid)
                    .i32(terminal.master)
                    .flag(terminal.status.isPresent())
                    .i32(terminal.status.orElse(0))
                    .flag(terminal.told);
        }
        return out.toBytes();
    }

    /// @throws WireException where another version has written it that this one does not understand
    static HostState decode(byte[] bytes) throws WireException {
        Decoder in = new Decoder(bytes);
        int format = in.i32();
        if (format != FORMAT) {
            throw new WireException("the host's state has format " + format + ", this version reads " + FORMAT);
        }
        long heldSince = in.i64();
        List<Last> sessions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            sessions.add(new Last(in.string(), in.i64(), in.i64(), in.flag(), in.i32(), in.i32(), in.i32()));
        }
        List<Terminal> terminals = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            terminals.add(new Terminal(in.string(), in.i64(), in.i64(), in.i32(), status(in), in.flag()));
        }
        return new HostState(heldSince, sessions, terminals);
    }

    private static OptionalInt status(Decoder in) throws WireException {
        boolean known = in.flag();
        int status = in.i32();
        return known ? OptionalInt.of(status) : OptionalInt.empty();
    }
}
