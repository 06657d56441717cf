package dev.agentctl.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the body of a frame that [Encoder] built. Lengths are checked against what is there, so a lying length
/// costs nothing. One thread.
public final class Decoder {
    /// More than any command line and environment have; each costs far more memory than its bytes in the frame.
    private static final int MOST_STRINGS = 1 << 16;

    private final ByteBuffer in;

    public Decoder(byte[] body) {
        in = ByteBuffer.wrap(body);
    }

    public int u8() throws WireException {
        try {
            return in.get() & 0xff;
        } catch (BufferUnderflowException e) {
            throw cut(e);
        }
    }

    public boolean flag() throws WireException {
        return u8() != 0;
    }

    public int i32() throws WireException {
        try {
            return in.getInt();
        } catch (BufferUnderflowException e) {
            throw cut(e);
        }
    }

    public long i64() throws WireException {
        try {
            return in.getLong();
        } catch (BufferUnderflowException e) {
            throw cut(e);
        }
    }

    public byte[] bytes() throws WireException {
        byte[] value = new byte[count()];
        in.get(value);
        return value;
    }

    public String string() throws WireException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public Optional<String> optional() throws WireException {
        return flag() ? Optional.of(string()) : Optional.empty();
    }

    public List<String> strings() throws WireException {
        int size = stringCount();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(string());
        }
        return values;
    }

    public Map<String, String> map() throws WireException {
        int size = stringCount();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            values.put(string(), string());
        }
        return values;
    }

    private int stringCount() throws WireException {
        int count = count();
        if (count > MOST_STRINGS) {
            throw new WireException("a frame has " + count + " strings, more than " + MOST_STRINGS);
        }
        return count;
    }

    /// A count of bytes or items; each item takes at least a byte, so more than what is left is a lie.
    public int count() throws WireException {
        int count = i32();
        if (count < 0 || count > in.remaining()) {
            throw new WireException("frame claims " + count + " items in " + in.remaining() + " bytes");
        }
        return count;
    }

    private static WireException cut(BufferUnderflowException cause) {
        WireException cut = new WireException("frame ends too early");
        cut.initCause(cause);
        return cut;
    }
}
