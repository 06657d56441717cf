package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.control.KeyNames;
import dev.agentctl.terminal.KeyboardModes;
import java.util.Arrays;

/// The key that leaves an attached session, found among what a keyboard sends. Keeps nothing but whether a paste is
/// going on: what is pasted never detaches. One thread.
///
/// A program may have asked the terminal for other encodings of keys, and then Ctrl-\ is not the byte 0x1C any more:
/// kitty's protocol sends `CSI 92 ; 5 u` (with lock keys, event types and alternates added in places), xterm's
/// modifyOtherKeys `CSI 27 ; 5 ; 92 ~`.
final class DetachKey {
    private static final byte[] PASTE_BEGIN = {0x1b, '[', '2', '0', '0', '~'};
    private static final byte[] PASTE_END = {0x1b, '[', '2', '0', '1', '~'};
    /// Caps lock and num lock among kitty's modifiers.
    private static final int LOCKS = 64 | 128;

    private static final int CONTROL = 4;
    private static final int RELEASED = 3;

    private final byte key;
    private final int character;
    private boolean pasting;

    private DetachKey(byte key) {
        this.key = key;
        this.character = Character.toLowerCase(key | 0x40);
    }

    /// The key of a name as `keys` knows it: `C-\`, `C-]`, `^A`.
    static DetachKey named(String name) throws CommandFailure {
        byte[] bytes = KeyNames.bytes(name, KeyboardModes.PLAIN).orElse(new byte[0]);
        boolean usable = bytes.length == 1 && bytes[0] > 0 && bytes[0] < 0x20 && "\t\r\u001b".indexOf(bytes[0]) < 0;
        if (!usable) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + name + "' cannot detach; name a key with control, such as C-] or C-a");
        }
        return new DetachKey(bytes[0]);
    }

    /// Its name for a person.
    String label() {
        return "Ctrl-" + (char) (key | 0x40);
    }

    /// Where in the first `length` bytes the key was pressed; -1 where it was not.
    int find(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (startsWith(bytes, i, length, pasting ? PASTE_END : PASTE_BEGIN)) {
                pasting = !pasting;
            } else if (!pasting && (bytes[i] == key || encoded(bytes, i, length))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int at, int length, byte[] sequence) {
        return length - at >= sequence.length
                && Arrays.equals(bytes, at, at + sequence.length, sequence, 0, sequence.length);
    }

    private boolean encoded(byte[] bytes, int at, int length) {
        if (length - at < 6 || bytes[at] != 0x1b || bytes[at + 1] != '[') {
            return false;
        }
        int[] numbers = new int[3];
        int[] details = new int[3];
        int field = 0;
        boolean first = true;
        for (int i = at + 2; i < length; i++) {
            byte b = bytes[i];
            if (b >= '0' && b <= '9') {
                int[] into = first ? numbers : details;
                into[field] = Math.min(100_000, into[field] * 10 + b - '0');
            } else if (b == ':') {
                first = false;
            } else if (b == ';' && field < 2) {
                field++;
                first = true;
            } else {
                return b == 'u'
                        ? pressed(numbers[0], numbers[1]) && details[1] != RELEASED
                        : b == '~' && numbers[0] == 27 && pressed(numbers[2], numbers[1]);
            }
        }
        return false;
    }

    private boolean pressed(int code, int modifiers) {
        return Character.toLowerCase(code) == character && ((modifiers - 1) & ~LOCKS) == CONTROL;
    }
}
