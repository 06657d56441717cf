package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A sequence whose bytes are held until it is known whether it may pass. Only its [QueryFilter] changes it.
final class HeldSequence {
    /// Longer sequences than this have no legitimate use where they must be held, and are dropped.
    private static final int LIMIT = 4096;

    private static final int BEL = 0x07;

    private byte[] bytes = new byte[64];
    private int count;
    /// Where the part to be judged begins.
    private int bodyStart;
    private boolean spoilt;

    void clear() {
        count = 0;
        spoilt = false;
    }

    void add(int octet) {
        if (count == LIMIT) {
            spoilt = true;
            return;
        }
        if (count == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[count++] = (byte) octet;
    }

    int count() {
        return count;
    }

    int at(int index) {
        return bytes[index];
    }

    /// What is to be judged begins behind what there is.
    void beginBody() {
        bodyStart = count;
    }

    /// Whether anything stands in the part to be judged.
    boolean hasBody() {
        return count > bodyStart;
    }

    void spoilIf(boolean malformed) {
        spoilt |= malformed;
    }

    /// Whether it is too long, malformed or a question, and will not pass.
    boolean isSpoilt() {
        return spoilt;
    }

    void passTo(ByteText out) {
        out.raw(bytes, 0, count);
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyStart, count);
    }

    /// The part to be judged, without the controls in it.
    byte[] printableBody() {
        byte[] body = new byte[count - bodyStart];
        int length = 0;
        for (int i = bodyStart; i < count; i++) {
            if (bytes[i] >= 0x20 && bytes[i] < 0x7F) {
                body[length++] = bytes[i];
            }
        }
        return Arrays.copyOf(body, length);
    }

    /// What stands behind the number of a string, without its terminator.
    String payload() {
        int end = bytes[count - 1] == BEL ? count - 1 : count - 2;
        int start = Math.min(bodyStart + 1, end);
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
