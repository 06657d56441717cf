package dev.agentctl.terminal;

import java.util.ArrayDeque;
import java.util.Deque;

/// XTPUSHSGR and XTPOPSGR: a stack of pens, each with the part of it that a pop restores.
final class SavedPens {
    private static final int LIMIT = 10;

    /// What the parameters of a push name; without any, all of it is meant.
    private static final int[] NAMES = {1, 2, 3, 4, 5, 7, 8, 9, 30, 31};

    private static final long[] PARTS = {
        Style.BOLD,
        Style.FAINT,
        Style.ITALIC,
        Style.UNDERLINE_MASK,
        Style.BLINK,
        Style.INVERSE,
        Style.HIDDEN,
        Style.STRUCK,
        Style.FOREGROUND_MASK,
        Style.BACKGROUND_MASK
    };

    private static final long ALL = ~(Style.EXTRA | Style.PROTECTED);

    private record Entry(long style, Extra extra, long part) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    /// A push onto a full stack is dropped, as its pop will be.
    void push(Pen pen, Parameters parameters) {
        if (entries.size() < LIMIT) {
            entries.push(new Entry(pen.style, pen.extra, part(parameters)));
        }
    }

    private static long part(Parameters parameters) {
        if (parameters.count() == 1 && parameters.value(0) == 0) {
            return ALL;
        }
        long part = 0;
        for (int i = 0; i < parameters.count(); i++) {
            for (int k = 0; k < NAMES.length; k++) {
                part |= parameters.value(i) == NAMES[k] ? PARTS[k] : 0;
            }
        }
        return part;
    }

    void pop(Pen pen) {
        Entry entry = entries.poll();
        if (entry != null) {
            pen.style = (pen.style & ~entry.part) | (entry.style & entry.part);
            if (entry.part == ALL) {
                pen.setExtra(pen.extra.withUnderlineColour(entry.extra.underlineColour()));
            }
        }
    }

    void clear() {
        entries.clear();
    }

    /// Pushes the same again.
    void describe(ByteText out, Painter painter) {
        entries.descendingIterator().forEachRemaining(entry -> {
            Extra extra = Extra.NONE.withUnderlineColour(entry.extra.underlineColour());
            painter.setStyle((entry.style & ALL) | (extra.isNone() ? 0 : Style.EXTRA), extra);
            out.csi("");
            String separator = "";
            for (int k = 0; k < NAMES.length && entry.part != ALL; k++) {
                if ((entry.part & PARTS[k]) != 0) {
                    out.ascii(separator).number(NAMES[k]);
                    separator = ";";
                }
            }
            out.ascii(entry.part == 0 ? "99#{" : "#{");
        });
    }
}
