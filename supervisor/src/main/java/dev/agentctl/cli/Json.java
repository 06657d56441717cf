package dev.agentctl.cli;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes one JSON document (RFC 8259) as it is told. A library would cost `status` more time than its whole answer.
/// The caller keeps begin and end in balance. One thread.
final class Json {
    private final StringBuilder out = new StringBuilder(512);
    private boolean first = true;

    /// Opens the one object of a read command.
    static Json document() {
        return new Json().begin('{').key("schema").number(1);
    }

    Json begin(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    Json end(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    Json key(String name) {
        separate();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    Json string(String value) {
        separate();
        quote(value);
        return this;
    }

    /// The string, or null where there is none.
    Json optional(Optional<String> value) {
        return value.isPresent() ? string(value.get()) : nothing();
    }

    Json optional(OptionalLong value) {
        return value.isPresent() ? number(value.getAsLong()) : nothing();
    }

    Json number(long value) {
        separate();
        out.append(value);
        return this;
    }

    Json decimal(BigDecimal value) {
        separate();
        out.append(value.stripTrailingZeros().toPlainString());
        return this;
    }

    Json flag(boolean value) {
        separate();
        out.append(value);
        return this;
    }

    Json nothing() {
        separate();
        out.append("null");
        return this;
    }

    /// The document in one line.
    @Override
    public String toString() {
        return out.toString();
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> plain(value, i, c);
            }
        }
        out.append('"');
    }

    private void plain(String value, int at, char c) {
        boolean lone = Character.isSurrogate(c) && !paired(value, at, c);
        // what steers a terminal is escaped too, since people look at JSON in one
        if (lone || Printable.steers(c)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(c >> shift & 0xf, 16));
            }
        } else {
            out.append(c);
        }
    }

    private static boolean paired(String value, int at, char c) {
        if (Character.isHighSurrogate(c)) {
            return at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1));
        }
        return at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }
}
