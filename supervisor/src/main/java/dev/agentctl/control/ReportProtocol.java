package dev.agentctl.control;

import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The bytes of sessions and their messages. Without a switch over types: `status` is to be quick.
final class ReportProtocol {
    private ReportProtocol() {}

    static void encode(Encoder out, SessionReport session) {
        out.string(session.name())
                .string(session.agent())
                .string(session.directory())
                .string(session.desired())
                .string(session.state())
                .string(session.evidence())
                .i64(session.since())
                .i64(session.pid())
                .i32(session.restarts())
                .optional(session.conversation())
                .i32(session.queued())
                .flag(session.lostBytes().isPresent())
                .i64(session.lostBytes().orElse(0))
                .flag(session.tokens().isPresent());
        session.tokens().ifPresent(tokens -> encode(out, tokens));
        out.i32(session.messages().size());
        for (MessageReport message : session.messages()) {
            encode(out, message);
        }
    }

    static SessionReport session(Decoder in) throws WireException {
        return new SessionReport(
                in.string(),
                in.string(),
                in.string(),
                in.string(),
                in.string(),
                in.string(),
                in.i64(),
                in.i64(),
                in.i32(),
                in.optional(),
                in.i32(),
                number(in),
                in.flag() ? Optional.of(tokens(in)) : Optional.empty(),
                messages(in));
    }

    private static OptionalLong number(Decoder in) throws WireException {
        boolean known = in.flag();
        long number = in.i64();
        return known ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static void encode(Encoder out, TokenReport tokens) {
        out.i64(tokens.input())
                .i64(tokens.output())
                .i64(tokens.cached())
                .flag(tokens.microDollars().isPresent())
                .i64(tokens.microDollars().orElse(0))
                .string(tokens.words());
    }

    private static TokenReport tokens(Decoder in) throws WireException {
        return new TokenReport(in.i64(), in.i64(), in.i64(), number(in), in.string());
    }

    private static List<MessageReport> messages(Decoder in) throws WireException {
        int size = in.count();
        List<MessageReport> messages = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            messages.add(message(in));
        }
        return messages;
    }

    static void encode(Encoder out, ControlReply.Delivered delivered) {
        out.flag(delivered.message().isPresent());
        delivered.message().ifPresent(message -> encode(out, message));
        out.flag(delivered.over()).string(delivered.state()).string(delivered.evidence());
    }

    static ControlReply.Delivered delivered(Decoder in) throws WireException {
        Optional<MessageReport> message = in.flag() ? Optional.of(message(in)) : Optional.empty();
        return new ControlReply.Delivered(message, in.flag(), in.string(), in.string());
    }

    private static void encode(Encoder out, MessageReport message) {
        out.string(message.text())
                .string(message.stage())
                .i64(message.storedAt())
                .i64(message.typedAt())
                .i64(message.since())
                .optional(message.evidence())
                .string(message.way());
    }

    private static MessageReport message(Decoder in) throws WireException {
        return new MessageReport(in.string(), in.string(), in.i64(), in.i64(), in.i64(), in.optional(), in.string());
    }
}
