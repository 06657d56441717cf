package dev.agentctl.terminal;

/// Removes from a program's output what an attached terminal must not see: questions, which the supervisor has
/// answered, access to the operator's clipboard, and what would lock the keyboard, print, or move the window.
/// Everything else passes byte for byte.
///
/// The state survives any cut of the stream. Text is never delayed; of a sequence only so much is held as is needed
/// to judge it. Removed as well: ENQ, C1 controls as UTF-8 characters (xterm obeys them, we do not), and kitty's
/// graphics, which are answered. One filter belongs to one attached terminal and one thread; a redraw for that
/// terminal passes through it like the rest.
///
/// | state | holds | leaves |
/// |---|---|---|
/// | text | nothing (the byte 0xC2 until its next one) | ESC → escape |
/// | escape | ESC and intermediates | `[`, `]`, `P`, `_` → their states; final byte → text |
/// | control sequence | all of it | final byte: dropped or passed → text |
/// | string head | `ESC ]`, the number; DCS: the header; APC: the first byte | → passed, dropped or inspected string |
/// | inspected string | all of it up to a bound | end: dropped or passed → text |
/// | passed string, dropped string | a last ESC | end → text |
public final class QueryFilter {
    private static final int ESC = 0x1B;
    private static final int BEL = 0x07;
    private static final int ENQ = 0x05;
    private static final int DEL = 0x7F;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1A;
    private static final int C1_LEAD = 0xC2;
    /// Stands for a lead byte without its continuation: once what is between was removed, it might find another
    /// (U+FFFD, as it would be shown).
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    /// Looked up for each byte of plain text.
    private static final boolean[] SPECIAL = special();

    private enum State {
        TEXT,
        C1,
        ESCAPE,
        CONTROL_SEQUENCE,
        OSC_NUMBER,
        DCS_HEADER,
        APC_START,
        INSPECTED,
        PASSED,
        DROPPED
    }

    private State state = State.TEXT;
    private final ByteText out = new ByteText(4096);
    private final HeldSequence held = new HeldSequence();
    private int number;
    private boolean isOsc;
    private boolean afterEscape;
    private boolean afterC1Lead;

    /// Takes the next bytes of the stream and returns what of them, and of bytes held before, may pass.
    public byte[] filter(byte[] bytes, int offset, int length) {
        out.clear();
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (state == State.TEXT || (inString() && !afterEscape && !afterC1Lead)) {
                int run = runEnd(bytes, i, end);
                if (state != State.DROPPED) {
                    out.raw(bytes, i, run);
                }
                i = run;
                if (i == end) {
                    break;
                }
            }
            step(bytes[i++]);
        }
        return out.toByteArray();
    }

    /// Where the bytes end that need no closer look. Within text, moves and colours are most of what a program prints.
    private int runEnd(byte[] bytes, int from, int end) {
        int run = from;
        while (run < end) {
            if (!SPECIAL[bytes[run] & 0xFF]) {
                run++;
            } else {
                int behind = state == State.TEXT ? Queries.endOfHarmless(bytes, run, end) : run;
                if (behind == run) {
                    return run;
                }
                run = behind;
            }
        }
        return run;
    }

    private boolean inString() {
        return state == State.PASSED || state == State.DROPPED;
    }

    private static boolean[] special() {
        boolean[] special = new boolean[256];
        for (int octet : new int[] {ESC, C1_LEAD, ENQ, BEL, CAN, SUB}) {
            special[octet] = true;
        }
        return special;
    }

    private void step(int octet) {
        switch (state) {
            case TEXT -> text(octet);
            case C1 -> afterC1Lead(octet);
            case ESCAPE -> escape(octet);
            case CONTROL_SEQUENCE -> controlSequence(octet);
            case OSC_NUMBER -> oscNumber(octet);
            case DCS_HEADER -> deviceControlHeader(octet);
            case APC_START -> applicationStart(octet);
            case INSPECTED, PASSED, DROPPED -> string(octet);
        }
    }

    private void text(int octet) {
        if (octet == ESC) {
            startEscape();
        } else if (octet == (byte) C1_LEAD) {
            state = State.C1;
        } else if (octet != ENQ) {
            out.raw(octet);
        }
    }

    private void afterC1Lead(int octet) {
        state = State.TEXT;
        if ((octet & 0xE0) == 0x80) {
            return;
        }
        if (isContinuation(octet)) {
            out.raw(C1_LEAD).raw(octet);
        } else {
            out.raw(REPLACEMENT, 0, REPLACEMENT.length);
            text(octet);
        }
    }

    private void startEscape() {
        held.clear();
        afterEscape = false;
        held.add(ESC);
        state = State.ESCAPE;
    }

    private void escape(int octet) {
        if (interrupts(octet) || octet == DEL) {
            return;
        }
        if (octet < 0) {
            // No sequence: terminals drop what led here, and so does a stream that must not join it to what follows.
            state = State.TEXT;
            text(octet);
            return;
        }
        if (octet < 0x20) {
            // Carried out at once, and the sequence goes on.
            passControl(octet);
            return;
        }
        held.add(octet);
        held.beginBody();
        boolean first = held.count() == 2;
        if (octet >= 0x30) {
            switch (first ? octet : 0) {
                case '[' -> state = State.CONTROL_SEQUENCE;
                case ']' -> startNumber();
                case 'P' -> state = State.DCS_HEADER;
                case '_' -> state = State.APC_START;
                case 'X', '^', 'k' -> startString(State.PASSED, false);
                case 'Z' -> state = State.TEXT;
                default -> {
                    if (held.count() == 3 && Queries.isEscapeHarmful(held.at(1), octet)) {
                        state = State.TEXT;
                    } else {
                        passHeld();
                    }
                }
            }
        }
    }

    private void startNumber() {
        number = 0;
        state = State.OSC_NUMBER;
    }

    private void startString(State newState, boolean osc) {
        isOsc = osc;
        afterEscape = false;
        afterC1Lead = false;
        state = newState;
        if (newState == State.PASSED) {
            held.passTo(out);
        }
    }

    private void passHeld() {
        if (!held.isSpoilt()) {
            held.passTo(out);
        } else if (state == State.CONTROL_SEQUENCE) {
            passControls();
        }
        state = State.TEXT;
    }

    private void passControl(int octet) {
        if (octet != ENQ) {
            out.raw(octet);
        }
    }

    /// Inside a sequence: ESC begins another one, CAN and SUB end it; what was held did nothing. Before ESC it goes,
    /// for it would join what follows where the next sequence is removed.
    private boolean interrupts(int octet) {
        if (octet == ESC) {
            if (state == State.CONTROL_SEQUENCE) {
                passControls();
            }
            startEscape();
        } else if (octet == CAN || octet == SUB) {
            held.add(octet);
            passHeld();
        } else {
            return false;
        }
        return true;
    }

    private void controlSequence(int octet) {
        if (interrupts(octet)) {
            return;
        }
        held.add(octet);
        // Malformed, and dropped: xterm would find C1 controls in it.
        held.spoilIf(octet < 0);
        if (octet < 0x40 || octet == DEL) {
            return;
        }
        if (!held.isSpoilt()) {
            // of a spoilt one not even the final byte need have been held
            byte[] body = held.printableBody();
            held.spoilIf(Queries.isControlSequenceQuery(body, body.length));
        }
        passHeld();
    }

    /// Controls inside a sequence are carried out at once, so they are no part of it.
    private void passControls() {
        for (byte octet : held.body()) {
            if (octet >= 0 && octet < 0x20) {
                passControl(octet);
            }
        }
    }

    private void oscNumber(int octet) {
        if (octet >= '0' && octet <= '9') {
            held.add(octet);
            number = Math.min(number * 10 + octet - '0', 1_000_000);
            return;
        }
        boolean numbered = held.hasBody();
        held.beginBody();
        Queries.StringPolicy policy = numbered ? Queries.operatingSystemCommand(number) : Queries.StringPolicy.PASS;
        switch (policy) {
            case PASS -> startString(State.PASSED, true);
            case DROP -> startString(State.DROPPED, true);
            case INSPECT -> startString(State.INSPECTED, true);
        }
        string(octet);
    }

    private void deviceControlHeader(int octet) {
        if (interrupts(octet)) {
            return;
        }
        held.add(octet);
        held.spoilIf(octet < 0);
        if (octet >= 0x40 && octet < DEL) {
            // controls in it mean nothing
            byte[] header = held.printableBody();
            boolean dropped = held.isSpoilt() || Queries.isDeviceControlQuery(header, header.length);
            startString(dropped ? State.DROPPED : State.PASSED, false);
        }
    }

    private void applicationStart(int octet) {
        startString(octet == 'G' ? State.DROPPED : State.PASSED, false);
        string(octet);
    }

    private void string(int octet) {
        if (afterC1Lead) {
            afterC1Lead = false;
            if ((octet & 0xE0) == 0x80) {
                return;
            }
            keepLead(octet);
        }
        if (octet == (byte) C1_LEAD && !afterEscape) {
            afterC1Lead = true;
        } else if (afterEscape) {
            afterEscape = false;
            if (octet == '\\') {
                keep(ESC);
                keep(octet);
                endString();
            } else {
                abandonString();
                startEscape();
                escape(octet);
            }
        } else if (octet == ESC) {
            afterEscape = true;
        } else if (octet == CAN || octet == SUB) {
            keep(octet);
            abandonString();
        } else {
            keep(octet);
            if (octet == BEL && isOsc) {
                endString();
            }
        }
    }

    private void keepLead(int next) {
        if (isContinuation(next)) {
            keep(C1_LEAD);
        } else {
            for (byte octet : REPLACEMENT) {
                keep(octet);
            }
        }
    }

    private static boolean isContinuation(int octet) {
        return (octet & 0xC0) == 0x80;
    }

    private void keep(int octet) {
        switch (state) {
            case PASSED -> out.raw(octet);
            case INSPECTED -> held.add(octet);
            case TEXT, C1, ESCAPE, CONTROL_SEQUENCE, OSC_NUMBER, DCS_HEADER, APC_START, DROPPED -> {}
        }
    }

    private void endString() {
        if (state == State.INSPECTED && !held.isSpoilt() && !Queries.isStringQuery(number, held.payload())) {
            passHeld();
        }
        state = State.TEXT;
    }

    /// The string was not ended but cut off: terminals ignore it. What was held of it must not join what follows.
    private void abandonString() {
        state = State.TEXT;
    }
}
