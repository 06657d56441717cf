package dev.agentctl.terminal;

/// The colours behind palette entries and defaults, as 0xRRGGBB: what a program is told when it asks, and what a
/// picture of the screen shows. A dark theme; entries 16 to 255 are xterm's cube and greys.
final class Palette {
    static final int FOREGROUND = 0xD8D8D8;
    static final int BACKGROUND = 0x101010;

    private static final int[] BASE = {
        0x1C1C1C, 0xCC5555, 0x55AA55, 0xC0A040, 0x5580CC, 0xAA66BB, 0x44AAAA, 0xC8C8C8,
        0x707070, 0xFF7777, 0x77DD77, 0xEEDD66, 0x77AAFF, 0xDD88EE, 0x66DDDD, 0xFFFFFF
    };

    private Palette() {}

    static int entry(int index) {
        if (index < 16) {
            return BASE[index];
        }
        if (index >= 232) {
            int grey = 8 + (index - 232) * 10;
            return (grey << 16) | (grey << 8) | grey;
        }
        int cube = index - 16;
        return (level(cube / 36) << 16) | (level(cube / 6 % 6) << 8) | level(cube % 6);
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + step * 40;
    }
}
