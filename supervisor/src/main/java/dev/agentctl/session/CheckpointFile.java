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

/// The redraw of a screen at an offset of its log, beside the log: so that a reader starts there and not at the
/// beginning. One that cannot be read is as good as none.
record CheckpointFile(Path file) {
    private static final int FORMAT = 1;

    void write(Painted painted) throws IOException {
        byte[] bytes = new Encoder()
                .i32(FORMAT)
                .i64(painted.offset())
                .i64(painted.sequence())
                .i32(painted.columns())
                .i32(painted.rows())
                .bytes(painted.bytes())
                .toBytes();
        Path next = file.resolveSibling("checkpoint.new");
        Files.write(next, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Optional<Painted> read() {
        try {
            Decoder in = new Decoder(Files.readAllBytes(file));
            if (in.i32() != FORMAT) {
                return Optional.empty();
            }
            return Optional.of(new Painted(in.i64(), in.i64(), in.i32(), in.i32(), in.bytes()));
        } catch (WireException _) {
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
