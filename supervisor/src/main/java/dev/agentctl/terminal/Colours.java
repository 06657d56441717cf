package dev.agentctl.terminal;

import java.util.Map;
import java.util.TreeMap;

/// The colours that a program changed, over the ones of [Palette].
///
/// Numbers: 0 to 255 the palette, 256 to 260 xterm's special colours (bold, underline, blink, reverse, italic), 310 to
/// 319 the dynamic ones of OSC 10 to 19 (text, background, cursor and so on).
final class Colours {
    static final int SPECIAL = 256;
    static final int SPECIAL_COUNT = 5;
    static final int FIRST_DYNAMIC = 10;
    static final int LAST_DYNAMIC = 19;
    private static final int DYNAMIC = 300;

    private final Map<Integer, Integer> changed = new TreeMap<>();

    static boolean isEntry(int number) {
        return number >= 0 && number < SPECIAL + SPECIAL_COUNT;
    }

    /// A palette entry or special colour, as 0xRRGGBB.
    int entry(int number) {
        int own = number < SPECIAL ? Palette.entry(number) : Palette.FOREGROUND;
        return changed.getOrDefault(number, own);
    }

    void setEntry(int number, int rgb) {
        changed.put(number, rgb);
    }

    void resetEntry(int number) {
        changed.remove(number);
    }

    /// OSC 104 or 105 without parameters.
    void resetEntries(int from, int to) {
        changed.keySet().removeIf(number -> number >= from && number < to);
    }

    /// The colour of OSC `command`, 10 to 19.
    int dynamic(int command) {
        boolean isBackground = command == 11 || command == 14 || command == 16 || command == 19;
        return changed.getOrDefault(DYNAMIC + command, isBackground ? Palette.BACKGROUND : Palette.FOREGROUND);
    }

    void setDynamic(int command, int rgb) {
        changed.put(DYNAMIC + command, rgb);
    }

    void resetDynamic(int command) {
        changed.remove(DYNAMIC + command);
    }

    /// Whether text is light on dark.
    boolean isDark() {
        int rgb = dynamic(11);
        int weighted = 299 * (rgb >> 16) + 587 * ((rgb >> 8) & 0xFF) + 114 * (rgb & 0xFF);
        return weighted < 128_000;
    }

    void reset() {
        changed.clear();
    }

    void describe(ByteText out) {
        changed.forEach((number, rgb) -> {
            out.ascii("\u001b]");
            if (number < DYNAMIC) {
                out.ascii("4;").number(number);
            } else {
                out.number(number - DYNAMIC);
            }
            out.ascii(";" + ColourText.write(rgb)).raw(0x1B).raw('\\');
        });
    }
}
