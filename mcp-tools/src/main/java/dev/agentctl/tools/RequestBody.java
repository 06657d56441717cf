package dev.agentctl.tools;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The body of a request, read whole but never past a limit.
sealed interface RequestBody {
    /// Strictly decoded UTF-8.
    record Text(String text) implements RequestBody {}

    /// More bytes than allowed; the rest was not read.
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
