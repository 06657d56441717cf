package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent.StatusPrinted;
import dev.agentctl.session.SessionScreen.Painted;
import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WholeFile;
import dev.agentctl.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/// The redraw of a screen at an offset of its log, and what its child had printed of itself, beside the log: so that a
/// reader starts there and not at the beginning. One that cannot be read is as good as none.
record CheckpointFile(Path file) {
    private static final int FORMAT = 3;

    /// @param left what the child that draws the screen had printed of itself
    record Checkpoint(Painted painted, Announcements.Left left) {}

    void write(Checkpoint checkpoint) throws IOException {
        Painted painted = checkpoint.painted;
        Encoder body = new Encoder()
                .i64(painted.offset())
                .i64(painted.sequence())
                .i32(painted.columns())
                .i32(painted.rows())
                .bytes(painted.bytes())
                .i64(checkpoint.left.generation())
                .string(checkpoint.left.title())
                .flag(checkpoint.left.status().isPresent());
        checkpoint.left.status().ifPresent(status -> write(body, status));
        byte[] whole = body.toBytes();
        byte[] bytes =
                new Encoder().i32(FORMAT).i64(checksum(whole)).bytes(whole).toBytes();
        new WholeFile(file).write(bytes);
    }

    private static void write(Encoder out, StatusPrinted status) {
        out.string(status.state())
                .string(status.kind())
                .string(status.message())
                .flag(status.road() == StatusPrinted.Road.TITLE);
    }

    private static StatusPrinted status(Decoder in) throws WireException {
        return new StatusPrinted(
                in.string(),
                in.string(),
                in.string(),
                in.flag() ? StatusPrinted.Road.TITLE : StatusPrinted.Road.OSC_7501);
    }

    private static long checksum(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return sum.getValue();
    }

    Optional<Checkpoint> read() {
        try {
            Decoder whole = new Decoder(Files.readAllBytes(file));
            if (whole.i32() != FORMAT) {
                return Optional.empty();
            }
            long checksum = whole.i64();
            byte[] body = whole.bytes();
            if (checksum != checksum(body)) {
                return Optional.empty();
            }
            Decoder in = new Decoder(body);
            Painted painted = new Painted(in.i64(), in.i64(), in.i32(), in.i32(), in.bytes());
            long generation = in.i64();
            String title = in.string();
            Optional<StatusPrinted> status = in.flag() ? Optional.of(status(in)) : Optional.empty();
            return Optional.of(new Checkpoint(painted, new Announcements.Left(generation, status, title)));
        } catch (WireException _) {
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
