package dev.agentctl.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Colours as programs write them to a terminal: `rgb:r/g/b` with 1 to 4 hexadecimal digits each, the older `#rgb` with
/// as many, `rgbi:r/g/b` with intensities from 0 to 1, and the plainest names. xterm takes whatever its X server does;
/// nothing else was met.
final class ColourText {
    private static final Map<String, Integer> NAMES = Map.of(
            "black", 0x000000,
            "white", 0xFFFFFF,
            "red", 0xFF0000,
            "green", 0x00FF00,
            "blue", 0x0000FF,
            "yellow", 0xFFFF00,
            "cyan", 0x00FFFF,
            "magenta", 0xFF00FF,
            "gray", 0xBEBEBE,
            "grey", 0xBEBEBE);

    private static final Pattern INTENSITY = Pattern.compile("1|1\\.0{0,6}|0?\\.\\d{1,6}|0\\.?");

    private ColourText() {}

    static OptionalInt read(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("rgb:")) {
            String[] parts = lower.substring(4).split("/", -1);
            return parts.length == 3 ? channels(parts, true) : OptionalInt.empty();
        }
        if (lower.startsWith("rgbi:")) {
            String[] parts = lower.substring(5).split("/", -1);
            return parts.length == 3 ? intensities(parts) : OptionalInt.empty();
        }
        if (lower.startsWith("#") && lower.length() % 3 == 1) {
            int digits = (lower.length() - 1) / 3;
            String[] parts = {
                lower.substring(1, 1 + digits),
                lower.substring(1 + digits, 1 + 2 * digits),
                lower.substring(1 + 2 * digits)
            };
            return channels(parts, false);
        }
        Integer named = NAMES.get(lower);
        return named == null ? OptionalInt.empty() : OptionalInt.of(named);
    }

    /// @param scaled whether the greatest number of so many digits means full intensity; if not, low digits are missing
    private static OptionalInt channels(String[] parts, boolean scaled) {
        int rgb = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return OptionalInt.empty();
            }
            int value = Integer.parseInt(part, 16);
            int bits = 4 * part.length();
            int greatest = (1 << bits) - 1;
            int channel = scaled ? (value * 255 + greatest / 2) / greatest : (value << 8) >> bits;
            rgb = (rgb << 8) | channel;
        }
        return OptionalInt.of(rgb);
    }

    /// Intensities are linear, what a screen shows is not: the curve between is that of sRGB.
    private static OptionalInt intensities(String[] parts) {
        int rgb = 0;
        for (String part : parts) {
            if (!INTENSITY.matcher(part).matches()) {
                return OptionalInt.empty();
            }
            double linear = Double.parseDouble(part);
            double shown = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
            rgb = (rgb << 8) | (int) Math.round(255 * shown);
        }
        return OptionalInt.of(rgb);
    }

    /// The form that xterm answers in: each channel as four digits.
    static String write(int rgb) {
        return String.format(
                Locale.ROOT,
                "rgb:%1$02x%1$02x/%2$02x%2$02x/%3$02x%3$02x",
                (rgb >> 16) & 0xFF,
                (rgb >> 8) & 0xFF,
                rgb & 0xFF);
    }
}
