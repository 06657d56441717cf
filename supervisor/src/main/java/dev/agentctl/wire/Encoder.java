package dev.agentctl.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Builds the body of a frame: big-endian numbers, length-prefixed bytes and UTF-8 strings. One thread.
public final class Encoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    public Encoder u8(int value) {
        out.write(value);
        return this;
    }

    public Encoder flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    public Encoder i32(int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
        return this;
    }

    public Encoder i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    public Encoder bytes(byte[] value) {
        i32(value.length);
        out.writeBytes(value);
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

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
