package dev.agentctl.terminal;

import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/// Which [Mode]s are set, and the mouse: its reporting modes exclude one another, and so do its encodings; the
/// last one set holds, as in xterm.
final class Modes {
    private final EnumSet<Mode> set = EnumSet.noneOf(Mode.class);
    private boolean autowrap;
    private boolean insert;
    private int mouse;
    private int mouseEncoding;
    /// XTSAVE: by mode number.
    private final Map<Integer, Boolean> saved = new TreeMap<>();

    Modes() {
        reset();
    }

    void reset() {
        set.clear();
        for (Mode mode : Mode.values()) {
            set(mode, mode.initiallySet);
        }
        mouse = 0;
        mouseEncoding = 0;
        saved.clear();
    }

    Map<Integer, Boolean> saved() {
        return saved;
    }

    boolean isSet(Mode mode) {
        return set.contains(mode);
    }

    void set(Mode mode, boolean on) {
        if (on) {
            set.add(mode);
        } else {
            set.remove(mode);
        }
        autowrap = set.contains(Mode.AUTOWRAP);
        insert = set.contains(Mode.INSERT);
    }

    boolean autowrap() {
        return autowrap;
    }

    boolean insert() {
        return insert;
    }

    static boolean isMouse(int number) {
        return number == 9 || (number >= 1000 && number <= 1003 && number != 1001);
    }

    static boolean isMouseEncoding(int number) {
        return number == 1005 || number == 1006 || number == 1015 || number == 1016;
    }

    /// The number of the mouse mode that is set, 0 for none.
    int mouse() {
        return mouse;
    }

    int mouseEncoding() {
        return mouseEncoding;
    }

    void setMouse(int number, boolean on) {
        mouse = on ? number : 0;
    }

    void setMouseEncoding(int number, boolean on) {
        mouseEncoding = on ? number : 0;
    }
}
