package dev.agentctl.recording;

/// Tells where a stream may be cut: not inside a sequence, not inside a character. It is kept apart from the emulator's
/// own parser, so that a fault there does not choose where the recordings are cut.
final class SequenceCuts {
    private static final int ESC = 0x1B;
    private static final int BEL = 0x07;

    private enum Place {
        TEXT,
        ESCAPE,
        CONTROL_SEQUENCE,
        STRING
    }

    private Place place = Place.TEXT;
    private int continuations;
    private int previous;

    void take(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            take(bytes[i] & 0xFF);
        }
    }

    private void take(int octet) {
        place = switch (place) {
            case TEXT -> {
                continuations =
                        octet >= 0xC0 ? octet >= 0xF0 ? 3 : octet >= 0xE0 ? 2 : 1 : Math.max(0, continuations - 1);
                yield octet == ESC ? Place.ESCAPE : Place.TEXT;
            }
            case ESCAPE -> afterEscape(octet);
            case CONTROL_SEQUENCE -> octet >= 0x40 && octet < 0x7F ? Place.TEXT : Place.CONTROL_SEQUENCE;
            case STRING -> octet == BEL || (octet == '\\' && previous == ESC) ? Place.TEXT : Place.STRING;
        };
        previous = octet;
    }

    private static Place afterEscape(int octet) {
        return switch (octet) {
            case '[' -> Place.CONTROL_SEQUENCE;
            case ']', 'P', '_', '^', 'X' -> Place.STRING;
            case ESC -> Place.ESCAPE;
            default -> octet < 0x30 ? Place.ESCAPE : Place.TEXT;
        };
    }

    boolean mayCut() {
        return place == Place.TEXT && continuations == 0;
    }
}
