package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;

/// One step of a hostile program's run.
sealed interface FuzzStep {
    /// Output, cut anywhere.
    record Feed(byte[] bytes) implements FuzzStep {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("feed \"");
            for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
                if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
                    text.append(c);
                } else {
                    text.append(String.format("\\x%02x", (int) c));
                }
            }
            return text.append('"').toString();
        }
    }

    /// A change of the size, to be taken to the nearest possible.
    record Resize(int columns, int rows) implements FuzzStep {}

    /// The terminal is looked at from all sides, and copied.
    record Look() implements FuzzStep {}
}
