package dev.agentctl.terminal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// What XTGETTCAP tells of the terminal: the terminfo capabilities that programs look for beyond what their database
/// says of xterm-256color. Names and values travel in hexadecimal.
final class Capabilities {
    private static final Map<String, String> VALUES = Map.of(
            "TN", "xterm-256color",
            "Co", "256",
            "colors", "256",
            "RGB", "8/8/8",
            "Tc", "",
            "Su", "",
            "Smulx", "\u001b[4:%p1%dm",
            "Setulc", "\u001b[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m",
            "Ss", "\u001b[%p1%d q",
            "Se", "\u001b[0 q");

    private Capabilities() {}

    /// `NAME=VALUE` in hexadecimal, without `=` for a capability that has no value.
    static Optional<String> describe(String hexadecimalName) {
        return name(hexadecimalName)
                .map(VALUES::get)
                .map(value -> value.isEmpty() ? hexadecimalName : hexadecimalName + "=" + hexadecimal(value));
    }

    private static Optional<String> name(String hexadecimalName) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hexadecimalName);
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notHexadecimal) {
            return Optional.empty();
        }
    }

    private static String hexadecimal(String value) {
        return HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.ISO_8859_1));
    }
}
