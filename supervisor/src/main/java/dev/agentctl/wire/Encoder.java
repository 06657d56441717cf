package dev.agentctl.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Builds the body of a frame: big-endian numbers, length-prefixed bytes and UTF-8 strings. One thread.
public final class Encoder {
    private byte[] out;
    private int length;

    public Encoder() {
        this(64);
    }

    /// @param room for so many bytes, to begin with
    public Encoder(int room) {
        out = new byte[room];
    }

    public Encoder u8(int value) {
        reserve(1);
        out[length++] = (byte) value;
        return this;
    }

    public Encoder flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    public Encoder i32(int value) {
        reserve(4);
        ByteBuffer.wrap(out, length, 4).putInt(value);
        length += 4;
        return this;
    }

    public Encoder i64(long value) {
        reserve(8);
        ByteBuffer.wrap(out, length, 8).putLong(value);
        length += 8;
        return this;
    }

    public Encoder bytes(byte[] value) {
        i32(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, out, length, value.length);
        length += value.length;
        return this;
    }

    public Encoder string(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public Encoder optional(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::string);
        return this;
    }

    public Encoder strings(Collection<String> values) {
        i32(values.size());
        values.forEach(this::string);
        return this;
    }

    public Encoder map(Map<String, String> values) {
        i32(values.size());
        values.forEach((key, value) -> string(key).string(value));
        return this;
    }

    private void reserve(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
    }

    public byte[] toBytes() {
        return length == out.length ? out : Arrays.copyOf(out, length);
    }
}
