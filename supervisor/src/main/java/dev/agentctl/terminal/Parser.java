package dev.agentctl.terminal;

/// Splits a terminal's byte stream into text, controls and sequences (ECMA-48, DEC STD 070, xterm's ctlseqs).
///
/// The state survives any cut of the stream, also inside a character. Malformed input is swallowed:
///
/// | state | leaves on |
/// |---|---|
/// | ground | ESC → escape |
/// | escape | `[` → CSI, `]` → OSC, `P` → DCS, `X ^ _ k` → ignored string, final → ground |
/// | CSI, DCS header | final → ground or DCS string; a byte out of order → ignored to the final byte |
/// | OSC | BEL, ST → dispatched; never a raw 0x9C, which occurs inside UTF-8 |
/// | DCS string, ignored string | ST |
/// | any sequence | CAN, SUB → ground; ESC → escape; other C0 inside CSI is executed at once |
final class Parser {
    private static final int ESC = 0x1B;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1A;
    private static final int BEL = 0x07;
    private static final int OSC_LIMIT = 64 * 1024;
    private static final int DCS_LIMIT = 4096;
    /// No command has a number of so many digits: of such a string nothing is kept.
    private static final int SENSELESS_DIGITS = 6;

    private enum State {
        GROUND,
        ESCAPE,
        ESCAPE_INTERMEDIATE,
        PARAMETERS,
        INTERMEDIATE,
        IGNORED_SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private enum Kind {
        CSI,
        DCS,
        OSC,
        IGNORED
    }

    private final ParserActions actions;
    private final Utf8 utf8 = new Utf8();
    private final Parameters parameters = new Parameters();
    private final StringBytes string = new StringBytes();
    private State state = State.GROUND;
    private Kind kind = Kind.CSI;
    private int prefix;
    private int intermediate;
    private int intermediateCount;
    private boolean parametersBegun;
    private int stringFinal;
    private int introducer;

    Parser(ParserActions actions) {
        this.actions = actions;
    }

    void feed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            i = switch (state) {
                case GROUND -> ground(bytes, i, to);
                case PARAMETERS -> parameters(bytes, i, to);
                case STRING -> string(bytes, i, to);
                case ESCAPE, ESCAPE_INTERMEDIATE, INTERMEDIATE, IGNORED_SEQUENCE, STRING_ESCAPE -> {
                    step(bytes[i]);
                    yield i + 1;
                }
            };
        }
    }

    private int ground(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int octet = bytes[i];
            if (utf8.inCharacter()) {
                if (Utf8.isContinuation(octet)) {
                    printIfComplete(utf8.next(octet));
                    i++;
                    continue;
                }
                utf8.abort();
                actions.print(Utf8.REPLACEMENT);
            }
            // Bytes are signed, so one comparison excludes both the controls and all of UTF-8's lead bytes.
            if (octet >= 0x20 && octet != 0x7F) {
                int end = i + 1;
                while (end < to && bytes[end] >= 0x20 && bytes[end] != 0x7F) {
                    end++;
                }
                actions.printAscii(bytes, i, end);
                i = end;
            } else if (octet < 0) {
                i = character(bytes, i, to);
            } else if (octet == ESC) {
                enterEscape();
                return i + 1;
            } else {
                i++;
                execute(octet);
            }
        }
        return i;
    }

    /// Decodes one character at `at`; whole three-byte characters (CJK, box drawing) take the short way.
    private int character(byte[] bytes, int at, int to) {
        int octet = bytes[at];
        if ((octet & 0xF0) == 0xE0 && at + 2 < to) {
            int second = bytes[at + 1];
            int third = bytes[at + 2];
            int value = ((octet & 0x0F) << 12) | ((second & 0x3F) << 6) | (third & 0x3F);
            if (Utf8.isContinuation(second) && Utf8.isContinuation(third) && Utf8.valid(value, 0x800)) {
                actions.print(value);
                return at + 3;
            }
        }
        printIfComplete(utf8.first(octet));
        return at + 1;
    }

    private void printIfComplete(int codePoint) {
        // U+0080 to U+009F are C1 controls; nothing sends them on purpose in UTF-8, so they are swallowed.
        if (codePoint >= 0xA0) {
            actions.print(codePoint);
        }
    }

    private void execute(int control) {
        if (control != CAN && control != SUB && control != 0x7F) {
            actions.control(control);
        }
    }

    private void enterEscape() {
        state = State.ESCAPE;
        intermediate = 0;
        intermediateCount = 0;
    }

    private void step(int octet) {
        if (state == State.STRING_ESCAPE) {
            stringEscape(octet);
        } else if (octet == ESC) {
            enterEscape();
        } else if (octet == CAN || octet == SUB) {
            state = State.GROUND;
        } else if (octet >= 0 && octet < 0x20) {
            if (kind != Kind.DCS || isEscape()) {
                execute(octet);
            }
        } else if (octet < 0) {
            malformed(octet);
        } else if (octet != 0x7F) {
            printable(octet);
        }
    }

    private boolean isEscape() {
        return state == State.ESCAPE || state == State.ESCAPE_INTERMEDIATE;
    }

    /// A byte above 0x7F has no place in a sequence: after ESC it ends the sequence and is text again, inside
    /// CSI and DCS headers it spoils the sequence.
    private void malformed(int octet) {
        if (isEscape()) {
            state = State.GROUND;
            printIfComplete(utf8.first(octet));
        } else {
            state = State.IGNORED_SEQUENCE;
        }
    }

    private void printable(int octet) {
        switch (state) {
            case ESCAPE, ESCAPE_INTERMEDIATE -> escape(octet);
            case INTERMEDIATE -> {
                if (octet < 0x30) {
                    collectIntermediate(octet);
                } else if (octet < 0x40) {
                    state = State.IGNORED_SEQUENCE;
                } else {
                    dispatch(octet);
                }
            }
            case IGNORED_SEQUENCE -> {
                if (octet >= 0x40) {
                    endIgnored();
                }
            }
            case GROUND, PARAMETERS, STRING, STRING_ESCAPE -> throw new IllegalStateException("not a stepped state");
        }
    }

    private void escape(int octet) {
        if (octet < 0x30) {
            collectIntermediate(octet);
            state = State.ESCAPE_INTERMEDIATE;
            return;
        }
        if (state == State.ESCAPE_INTERMEDIATE) {
            state = State.GROUND;
            if (intermediateCount <= 2) {
                actions.escape(intermediate, octet);
            }
            return;
        }
        switch (octet) {
            case '[' -> enterHeader(Kind.CSI);
            case 'P' -> enterHeader(Kind.DCS);
            case ']' -> enterString(Kind.OSC, octet, OSC_LIMIT);
            case 'X', '^', '_', 'k' -> enterString(Kind.IGNORED, octet, 0);
            default -> {
                state = State.GROUND;
                actions.escape(0, octet);
            }
        }
    }

    private void enterHeader(Kind header) {
        kind = header;
        state = State.PARAMETERS;
        prefix = 0;
        intermediate = 0;
        intermediateCount = 0;
        parametersBegun = false;
        parameters.reset();
    }

    private void enterString(Kind newKind, int newIntroducer, int limit) {
        kind = newKind;
        introducer = newIntroducer;
        state = State.STRING;
        string.start(limit);
    }

    private int parameters(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int octet = bytes[i++];
            if (octet >= '0' && octet <= '9') {
                parameters.digit(octet - '0');
                parametersBegun = true;
            } else if (octet == ';' || octet == ':') {
                parameters.separator(octet == ':');
                parametersBegun = true;
            } else if (octet >= 0x40 && octet < 0x7F) {
                dispatch(octet);
                return i;
            } else {
                rareParameterByte(octet);
                if (state != State.PARAMETERS) {
                    return i;
                }
            }
        }
        return i;
    }

    private void rareParameterByte(int octet) {
        if (octet >= '<' && octet <= '?') {
            if (parametersBegun || prefix != 0) {
                state = State.IGNORED_SEQUENCE;
            } else {
                prefix = octet;
            }
        } else if (octet >= 0x20 && octet < 0x30) {
            state = State.INTERMEDIATE;
            collectIntermediate(octet);
        } else {
            step(octet);
        }
    }

    private void collectIntermediate(int octet) {
        intermediateCount++;
        intermediate = ((intermediate << 8) | octet) & 0xFFFF;
    }

    private void dispatch(int finalByte) {
        if (kind == Kind.DCS) {
            stringFinal = finalByte;
            enterString(Kind.DCS, 'P', DCS_LIMIT);
            return;
        }
        state = State.GROUND;
        if (intermediateCount <= 2) {
            actions.controlSequence(prefix, parameters, intermediate, finalByte);
        }
    }

    private void endIgnored() {
        if (kind == Kind.DCS) {
            enterString(Kind.IGNORED, 'X', 0);
        } else {
            state = State.GROUND;
        }
    }

    private int string(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && !endsStringRun(bytes[end])) {
            end++;
        }
        string.append(bytes, from, end);
        if (kind == Kind.OSC && string.beginsWithDigits(SENSELESS_DIGITS)) {
            string.giveUp();
        }
        if (end == to) {
            return end;
        }
        int octet = bytes[end];
        if (octet == ESC) {
            state = State.STRING_ESCAPE;
        } else if (octet == BEL && kind == Kind.OSC) {
            endString();
        } else if (octet != BEL) {
            state = State.GROUND;
        }
        return end + 1;
    }

    private static boolean endsStringRun(int octet) {
        return octet == ESC || octet == BEL || octet == CAN || octet == SUB;
    }

    private void stringEscape(int octet) {
        if (octet == '\\') {
            endString();
        } else {
            enterEscape();
            step(octet);
        }
    }

    private void endString() {
        state = State.GROUND;
        if (string.overflown()) {
            return;
        }
        switch (kind) {
            case OSC -> actions.operatingSystemCommand(string.bytes(), string.length());
            case DCS ->
                actions.deviceControl(prefix, parameters, intermediate, stringFinal, string.bytes(), string.length());
            case CSI, IGNORED -> {}
        }
    }

    /// Writes the sequence or character that is under way, so that a parser fed with it stands where this one does.
    void describeUnfinished(ByteText out) {
        utf8.describe(out);
        switch (state) {
            case GROUND -> {}
            case ESCAPE, ESCAPE_INTERMEDIATE -> {
                out.raw(ESC);
                describeIntermediates(out);
            }
            case PARAMETERS, INTERMEDIATE -> describeHeader(out);
            case IGNORED_SEQUENCE -> out.raw(ESC).ascii(kind == Kind.DCS ? "P0<" : "[0<");
            case STRING -> describeString(out);
            case STRING_ESCAPE -> {
                describeString(out);
                out.raw(ESC);
            }
        }
    }

    private void describeHeader(ByteText out) {
        out.raw(ESC).raw(kind == Kind.DCS ? 'P' : '[');
        if (prefix != 0) {
            out.raw(prefix);
        }
        if (parametersBegun) {
            parameters.describe(out);
        }
        describeIntermediates(out);
    }

    private void describeIntermediates(ByteText out) {
        // More than two make the sequence unknown whatever they are.
        for (int i = 2; i < intermediateCount; i++) {
            out.raw(' ');
        }
        if (intermediateCount > 1) {
            out.raw(intermediate >>> 8);
        }
        if (intermediateCount > 0) {
            out.raw(intermediate & 0xFF);
        }
    }

    private void describeString(ByteText out) {
        if (kind == Kind.DCS && !string.overflown()) {
            describeHeader(out);
            out.raw(stringFinal);
        } else if (kind == Kind.OSC) {
            // What was too long to keep cannot be resent; a senseless number gives up the rest of it too.
            out.raw(ESC).ascii(string.overflown() ? "]999999;" : "]");
        } else {
            out.raw(ESC).raw(kind == Kind.IGNORED ? introducer : 'X');
        }
        if (kind != Kind.IGNORED && !string.overflown()) {
            out.raw(string.bytes(), 0, string.length());
        }
    }
}
