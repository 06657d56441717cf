package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of bytes to be sent: terminal sequences are ASCII, text is UTF-8.
final class ByteText {
    private byte[] bytes;
    private int length;

    ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    ByteText raw(int oneByte) {
        reserve(1);
        bytes[length++] = (byte) oneByte;
        return this;
    }

    ByteText raw(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    ByteText ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    ByteText utf8(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return raw(encoded, 0, encoded.length);
    }

    ByteText number(int value) {
        return ascii(Integer.toString(value));
    }

    ByteText codePoint(int codePoint) {
        return codePoint < 0x80 ? raw(codePoint) : utf8(Character.toString(codePoint));
    }

    /// `CSI` and the rest of a control sequence.
    ByteText csi(String rest) {
        return ascii("\u001b[").ascii(rest);
    }

    /// `CSI value final`.
    ByteText csi(int value, String finalBytes) {
        return ascii("\u001b[").number(value).ascii(finalBytes);
    }

    void clear() {
        length = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    String toAsciiString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
