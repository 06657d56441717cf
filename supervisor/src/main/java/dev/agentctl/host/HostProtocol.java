package dev.agentctl.host;

import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/// The bytes of the host's requests and replies. A frame is a number that pairs a reply with its request, a tag, and
/// the record's fields in order.
final class HostProtocol {
    /// Said by both sides first; a change of any record changes it.
    static final int VERSION = 6;

    private static final int ITEM = 6;
    private static final int HEAD = 18;

    private HostProtocol() {}

    /// A request or reply with its number.
    record Numbered<T>(int number, T message) {}

    static byte[] encode(int number, HostRequest request) {
        Encoder out = new Encoder().i32(number);
        switch (request) {
            case HostRequest.Spawn spawn ->
                out.u8(1)
                        .string(spawn.session())
                        .i64(spawn.generation())
                        .strings(spawn.argv())
                        .string(spawn.directory())
                        .map(spawn.environment())
                        .i32(spawn.columns())
                        .i32(spawn.rows());
            case HostRequest.Input(String session, long generation, byte[] bytes) ->
                out.u8(2).string(session).i64(generation).bytes(bytes);
            case HostRequest.Resize(String session, int columns, int rows) ->
                out.u8(3).string(session).i32(columns).i32(rows);
            case HostRequest.SendSignal(String session, long generation, String signal) ->
                out.u8(4).string(session).i64(generation).string(signal);
            case HostRequest.ListSessions() -> out.u8(5);
            case HostRequest.Forget(String session) -> out.u8(6).string(session);
            case HostRequest.Read(String session, long from, long sequence, boolean follow, boolean lingers) ->
                out.u8(7).string(session).i64(from).i64(sequence).flag(follow).flag(lingers);
            case HostRequest.Watch() -> out.u8(8);
            case HostRequest.Shutdown() -> out.u8(9);
            case HostRequest.Attach(String session, String who, boolean alone) ->
                out.u8(10).string(session).string(who).flag(alone);
            case HostRequest.PersonTypes(String session, boolean draft) ->
                out.u8(11).string(session).flag(draft);
            case HostRequest.Times(String session) -> out.u8(12).string(session);
            case HostRequest.Hold() -> out.u8(13);
        }
        return out.toBytes();
    }

    static Numbered<HostRequest> request(byte[] frame) throws WireException {
        Decoder in = new Decoder(frame);
        int number = in.i32();
        int tag = in.u8();
        HostRequest request = switch (tag) {
            case 1 ->
                new HostRequest.Spawn(in.string(), in.i64(), in.strings(), in.string(), in.map(), in.i32(), in.i32());
            case 2 -> new HostRequest.Input(in.string(), in.i64(), in.bytes());
            case 3 -> new HostRequest.Resize(in.string(), in.i32(), in.i32());
            case 4 -> new HostRequest.SendSignal(in.string(), in.i64(), in.string());
            case 5 -> new HostRequest.ListSessions();
            case 6 -> new HostRequest.Forget(in.string());
            case 7 -> new HostRequest.Read(in.string(), in.i64(), in.i64(), in.flag(), in.flag());
            case 8 -> new HostRequest.Watch();
            case 9 -> new HostRequest.Shutdown();
            case 10 -> new HostRequest.Attach(in.string(), in.string(), in.flag());
            case 11 -> new HostRequest.PersonTypes(in.string(), in.flag());
            case 12 -> new HostRequest.Times(in.string());
            case 13 -> new HostRequest.Hold();
            default -> throw new WireException("unknown host request " + tag);
        };
        return new Numbered<>(number, request);
    }

    static byte[] encode(int number, HostReply reply) {
        Encoder out = new Encoder().i32(number);
        switch (reply) {
            case HostReply.Spawned(long pid) -> out.u8(1).i64(pid);
            case HostReply.Done() -> out.u8(2);
            case HostReply.Refused(String reason, boolean permanent) ->
                out.u8(3).string(reason).flag(permanent);
            case HostReply.Sessions(List<HostedSession> sessions) -> {
                out.u8(4).i32(sessions.size());
                sessions.forEach(session -> encode(out, session));
            }
            case HostReply.Ended(String session, long generation, int status) ->
                out.u8(5).string(session).i64(generation).i32(status);
            case HostReply.Item(LogItem item) -> encode(out.u8(ITEM), item);
            case HostReply.Attached(List<String> others) -> out.u8(7).strings(others);
            case HostReply.TakenOver(String session, String by) ->
                out.u8(8).string(session).string(by);
            case HostReply.PersonTyped(String session, boolean draft) ->
                out.u8(9).string(session).flag(draft);
            case HostReply.Replaced() -> out.u8(11);
            case HostReply.Times(List<LogTime> times) -> {
                out.u8(10).i32(times.size());
                times.forEach(time -> out.i64(time.offset()).i64(time.millis()));
            }
        }
        return out.toBytes();
    }

    /// What stands in a frame before the bytes of an item. They are large and frequent, and sent from where they are.
    static byte[] head(int number, LogItem.Bytes item) {
        return head(new Encoder(HEAD).i32(number).u8(ITEM), item)
                .i32(item.bytes().length)
                .toBytes();
    }

    static Numbered<HostReply> reply(byte[] frame) throws WireException {
        Decoder in = new Decoder(frame);
        int number = in.i32();
        int tag = in.u8();
        HostReply reply = switch (tag) {
            case 1 -> new HostReply.Spawned(in.i64());
            case 2 -> new HostReply.Done();
            case 3 -> new HostReply.Refused(in.string(), in.flag());
            case 4 -> new HostReply.Sessions(sessions(in));
            case 5 -> new HostReply.Ended(in.string(), in.i64(), in.i32());
            case ITEM -> new HostReply.Item(item(in));
            case 7 -> new HostReply.Attached(in.strings());
            case 8 -> new HostReply.TakenOver(in.string(), in.string());
            case 9 -> new HostReply.PersonTyped(in.string(), in.flag());
            case 10 -> new HostReply.Times(times(in));
            case 11 -> new HostReply.Replaced();
            default -> throw new WireException("unknown host reply " + tag);
        };
        return new Numbered<>(number, reply);
    }

    private static void encode(Encoder out, HostedSession session) {
        out.string(session.name())
                .i64(session.generation())
                .i64(session.pid())
                .flag(session.alive())
                .i32(session.status())
                .i32(session.columns())
                .i32(session.rows())
                .i64(session.start())
                .i64(session.end())
                .i64(session.lostBytes())
                .i32(session.losses());
    }

    private static List<HostedSession> sessions(Decoder in) throws WireException {
        int size = in.count();
        List<HostedSession> sessions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sessions.add(new HostedSession(
                    in.string(),
                    in.i64(),
                    in.i64(),
                    in.flag(),
                    in.i32(),
                    in.i32(),
                    in.i32(),
                    in.i64(),
                    in.i64(),
                    in.i64(),
                    in.i32()));
        }
        return sessions;
    }

    private static List<LogTime> times(Decoder in) throws WireException {
        int size = in.count();
        List<LogTime> times = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            times.add(new LogTime(in.i64(), in.i64()));
        }
        return times;
    }

    private static void encode(Encoder out, LogItem item) {
        switch (item) {
            case LogItem.Bytes bytes -> head(out, bytes).bytes(bytes.bytes());
            case LogItem.Marked(long offset, long sequence, Mark mark) ->
                encode(out.u8(2).i64(offset).i64(sequence), mark);
            case LogItem.Gap(long from, long to) -> out.u8(3).i64(from).i64(to);
            case LogItem.End(long offset) -> out.u8(4).i64(offset);
        }
    }

    private static Encoder head(Encoder out, LogItem.Bytes bytes) {
        return out.u8(1).i64(bytes.offset());
    }

    private static LogItem item(Decoder in) throws WireException {
        int tag = in.u8();
        return switch (tag) {
            case 1 -> new LogItem.Bytes(in.i64(), in.bytes());
            case 2 -> new LogItem.Marked(in.i64(), in.i64(), mark(in));
            case 3 -> new LogItem.Gap(in.i64(), in.i64());
            case 4 -> new LogItem.End(in.i64());
            default -> throw new WireException("unknown log item " + tag);
        };
    }

    private static void encode(Encoder out, Mark mark) {
        switch (mark) {
            case Mark.Started(long generation, long pid) ->
                out.u8(1).i64(generation).i64(pid);
            case Mark.Resized(int columns, int rows) -> out.u8(2).i32(columns).i32(rows);
            case Mark.Exited(long generation, int status) ->
                out.u8(3).i64(generation).i32(status);
        }
    }

    private static Mark mark(Decoder in) throws WireException {
        int tag = in.u8();
        return switch (tag) {
            case 1 -> new Mark.Started(in.i64(), in.i64());
            case 2 -> new Mark.Resized(in.i32(), in.i32());
            case 3 -> new Mark.Exited(in.i64(), in.i32());
            default -> throw new WireException("unknown mark " + tag);
        };
    }
}
