package dev.agentctl.session;

import dev.agentctl.session.SessionScreen.Painted;
import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;

/// The redraw of a screen at an offset of its log, beside the log: so that a reader starts there and not at the
/// beginning. One that cannot be read is as good as none.
record CheckpointFile(Path file) {
    private static final int FORMAT = 2;

    void write(Painted painted) throws IOException {
        byte[] body = new Encoder()
                .i64(painted.offset())
                .i64(painted.sequence())
                .i32(painted.columns())
                .i32(painted.rows())
                .bytes(painted.bytes())
                .toBytes();
        byte[] bytes = new Encoder().i32(FORMAT).i64(checksum(body)).bytes(body).toBytes();
        Path next = file.resolveSibling("checkpoint.new");
        Files.write(next, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static long checksum(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return sum.getValue();
    }

    Optional<Painted> read() {
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
            return Optional.of(new Painted(in.i64(), in.i64(), in.i32(), in.i32(), in.bytes()));
        } catch (WireException _) {
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
