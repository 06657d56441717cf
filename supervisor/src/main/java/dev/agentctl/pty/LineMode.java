package dev.agentctl.pty;

import java.util.Optional;

/// How a terminal gathers a line before its program may read it (canonical mode, termios(3)).
///
/// The kernel keeps 4,096 bytes of a line and drops what follows in silence: of 20,001 bytes, 4,096 arrived.
///
/// @param returnEnds whether a carriage return ends a line, as a newline does
record LineMode(boolean returnEnds) {
    /// Without the newline.
    static final int LONGEST = 4_095;

    private static final int END_OF_FILE = 4;

    /// The length of the first line in `bytes` that would be cut, if any.
    Optional<Integer> tooLong(byte[] bytes) {
        int length = 0;
        for (byte octet : bytes) {
            if (octet == '\n' || octet == END_OF_FILE || (octet == '\r' && returnEnds)) {
                if (length > LONGEST) {
                    return Optional.of(length);
                }
                length = 0;
            } else {
                length++;
            }
        }
        return length > LONGEST ? Optional.of(length) : Optional.empty();
    }
}
