package dev.agentctl.tools;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The body of a request, read whole but never past a limit.
sealed interface RequestBody {
    long MOST_DROPPED = 64L * 1024 * 1024;
    int PIECE = 64 * 1024;

    /// Strictly decoded UTF-8.
    record Text(String text) implements RequestBody {}

    /// More bytes than allowed; the rest was not read, see [#drop].
    record TooLarge() implements RequestBody {}

    /// Not UTF-8, which JSON has to be (RFC 8259, section 8.1).
    record NotText() implements RequestBody {}

    static RequestBody read(HttpServletRequest request, int mostBytes) throws IOException {
        if (request.getContentLengthLong() > mostBytes) {
            return new TooLarge();
        }
        byte[] bytes = request.getInputStream().readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            return new TooLarge();
        }
        return decoded(bytes);
    }

    /// Takes in the rest of a body that was refused, once the answer has left. A client that sends all before it
    /// listens, as Node.js does, would see a broken connection instead of the answer.
    static void drop(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        if (request.getHeader("Expect") != null) {
            // it listens first, and sends nothing
            return;
        }
        byte[] piece = new byte[PIECE];
        int read = 0;
        for (long left = MOST_DROPPED; left > 0 && read >= 0; left -= read) {
            read = request.getInputStream().read(piece);
        }
    }

    private static RequestBody decoded(byte[] bytes) {
        try {
            return new Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return new NotText();
        }
    }
}
