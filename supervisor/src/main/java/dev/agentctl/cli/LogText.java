package dev.agentctl.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// A program's output as lines of text. Sequences that would steer a terminal are left out; moves of the cursor become
/// spaces and line ends, so that words that stood apart on the screen stay apart.
///
/// The stream may be cut anywhere. One thread.
///
/// | state | leaves |
/// |---|---|
/// | text | ESC → escape |
/// | escape | `[` → control sequence; `]` `P` `_` `^` `X` → string; final byte → text |
/// | control sequence | final byte → text |
/// | string | BEL, or ESC and any byte, → text |
final class LogText {
    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;
    /// Longer moves to the right say nothing in text.
    private static final int WIDEST_MOVE = 200;

    private enum State {
        TEXT,
        ESCAPE,
        CONTROL_SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder out = new StringBuilder();
    private State state = State.TEXT;
    private ByteBuffer plain = ByteBuffer.allocate(256);
    private int column;
    private boolean returned;
    private int parameter;
    private boolean firstParameter;
    /// Not held to what a move may be.
    private int mode;

    private boolean alternate;

    /// Takes the next bytes and gives the text that they make.
    String take(byte[] bytes) {
        out.setLength(0);
        for (byte b : bytes) {
            step(b & 0xff);
        }
        decode(false);
        return out.toString();
    }

    /// Ends the current line, if one was begun: what follows is not the program's.
    String endLine() {
        out.setLength(0);
        newLineUnlessAtStart();
        return out.toString();
    }

    private void step(int b) {
        switch (state) {
            case TEXT -> text(b);
            case ESCAPE -> escape(b);
            case CONTROL_SEQUENCE -> controlSequence(b);
            case STRING -> {
                if (b == BEL) {
                    state = State.TEXT;
                } else if (b == ESC) {
                    state = State.STRING_ESCAPE;
                }
            }
            case STRING_ESCAPE -> state = State.TEXT;
        }
    }

    private void text(int b) {
        if (b >= 0x20 && b != 0x7f) {
            plain(b);
            return;
        }
        decode(true);
        switch (b) {
            case ESC -> state = State.ESCAPE;
            case '\n', 0x0b, 0x0c -> newLine();
            case '\r' -> returned = true;
            case '\t' -> put('\t');
            default -> {
                // the other controls move nothing that text could show
            }
        }
    }

    private void plain(int b) {
        if (!plain.hasRemaining()) {
            decode(false);
        }
        plain.put((byte) b);
    }

    private void decode(boolean complete) {
        CharBuffer chars = CharBuffer.allocate(plain.position() + 1);
        plain.flip();
        utf8.decode(plain, chars, complete);
        if (complete) {
            utf8.reset();
        }
        plain.compact();
        chars.flip();
        while (chars.hasRemaining()) {
            char c = chars.get();
            put(Printable.steers(c) ? '\uFFFD' : c);
        }
    }

    private void put(char c) {
        if (returned) {
            // the line is written over: what stood there was true once, so it is kept as a line of its own
            newLineUnlessAtStart();
        }
        out.append(c);
        column++;
    }

    private void newLine() {
        out.append('\n');
        column = 0;
        returned = false;
    }

    private void newLineUnlessAtStart() {
        if (column > 0) {
            newLine();
        }
        returned = false;
    }

    private void escape(int b) {
        if (b == '[') {
            state = State.CONTROL_SEQUENCE;
            parameter = 0;
            mode = 0;
            firstParameter = true;
        } else if (b == ']' || b == 'P' || b == '_' || b == '^' || b == 'X') {
            state = State.STRING;
        } else if (b >= 0x30 || b < 0x20) {
            state = b == ESC ? State.ESCAPE : State.TEXT;
        }
    }

    private void controlSequence(int b) {
        if (b >= '0' && b <= '9' && firstParameter) {
            parameter = Math.min(WIDEST_MOVE, parameter * 10 + b - '0');
            mode = Math.min(10_000, mode * 10 + b - '0');
        } else if (b == ';') {
            firstParameter = false;
        } else if (b == ESC) {
            state = State.ESCAPE;
        } else if (b >= 0x40) {
            state = State.TEXT;
            if ((mode == 1_049 || mode == 1_047) && (b == 'h' || b == 'l')) {
                alternate = b == 'h';
            }
            move(b);
        }
    }

    /// Whether the program is on its alternate screen (private modes 1047 and 1049).
    boolean alternateScreen() {
        return alternate;
    }

    /// Moves of ECMA-48: CUF and CHA go along the line, the others leave it.
    private void move(int last) {
        switch (last) {
            case 'C' -> {
                for (int i = 0; i < Math.max(1, parameter); i++) {
                    put(' ');
                }
            }
            case 'G', '`' -> {
                if (parameter - 1 < column) {
                    returned = true;
                }
                while (column < parameter - 1 && !returned) {
                    put(' ');
                }
            }
            case 'A', 'B', 'd', 'E', 'F', 'H', 'f' -> newLineUnlessAtStart();
            default -> {
                // colours, erasures and modes leave no trace in text
            }
        }
    }
}
