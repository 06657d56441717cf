package dev.agentctl.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Tells what a person does at the keyboard from what their terminal reports by itself (focus, mouse, answers), and
/// whether they have left a draft: text that no Enter has submitted. One thread.
///
/// It sees keys, not the agent's composer, so a draft is a guess: printable keys and pastes make one; Enter, Ctrl-C,
/// Ctrl-D and Ctrl-U end it. Shift- and Alt-Enter break a line in every agent, so they do not.
///
/// | at | bytes | are |
/// |---|---|---|
/// | ESC `[` | `I`, `O` | focus reports |
/// | ESC `[` | `<` … `M` or `m`, `M` and three bytes | mouse reports |
/// | ESC `[` `?` or `>` | … any final byte | answers of the terminal |
/// | ESC `]` `P` `_` | … BEL or ESC `\` | answers of the terminal |
/// | ESC `[` | code`;`modifiers`u` | a key in kitty's encoding; with `:3`, its release |
/// | ESC `[` | `200~` … `201~` | a paste |
final class PersonsKeys {
    private static final long ANNOUNCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int RELEASED = 3;
    private static final int ESC = 0x1b;

    private boolean draft;
    private boolean pasting;
    private boolean person;
    private boolean announcedDraft;
    private long announced = System.nanoTime() - ANNOUNCE_NANOS;

    /// Takes what the keyboard sent in one piece; true when a person pressed a key.
    boolean take(byte[] keys) {
        person = false;
        int at = 0;
        while (at < keys.length) {
            at = keys[at] == ESC ? escape(keys, at) : plain(keys, at);
        }
        return person;
    }

    /// Whether text was typed that is not submitted.
    boolean draft() {
        return draft;
    }

    /// Whether it is time to tell of the last keys: when something has changed, and once a second.
    boolean toBeAnnounced(long nanos) {
        if (draft == announcedDraft && nanos - announced < ANNOUNCE_NANOS) {
            return false;
        }
        announced = nanos;
        announcedDraft = draft;
        return true;
    }

    private int plain(byte[] keys, int at) {
        person = true;
        switch (keys[at]) {
            case '\r', 0x03, 0x04, 0x15 -> draft &= pasting;
            default -> draft |= pasting || keys[at] < 0 || (keys[at] >= 0x20 && keys[at] != 0x7f);
        }
        return at + 1;
    }

    private int escape(byte[] keys, int at) {
        if (at + 1 >= keys.length) {
            person = true;
            return at + 1;
        }
        return switch (keys[at + 1]) {
            case '[' -> controlSequence(keys, at);
            case ']', 'P', '_' -> pasting ? at + 2 : answer(keys, at + 2);
            default -> {
                // a key with Alt, or an arrow in its application form
                person = true;
                yield at + (keys[at + 1] == 'O' ? 3 : 2);
            }
        };
    }

    private static int answer(byte[] keys, int from) {
        int at = from;
        while (at < keys.length && keys[at] != 0x07 && keys[at] != ESC) {
            at++;
        }
        return Math.min(keys.length, at < keys.length && keys[at] == ESC ? at + 2 : at + 1);
    }

    private int controlSequence(byte[] keys, int from) {
        int end = from + 2;
        while (end < keys.length && (keys[end] < '@' || keys[end] > '~')) {
            end++;
        }
        if (end >= keys.length) {
            person = true;
            return keys.length;
        }
        String parameters = new String(keys, from + 2, end - from - 2, StandardCharsets.ISO_8859_1);
        return end + 1 + sequence(parameters, (char) keys[end]);
    }

    /// Judges one control sequence, and gives how many bytes behind it belong to it.
    private int sequence(String parameters, char last) {
        boolean bare = parameters.isEmpty();
        if (bare && last == 'M') {
            return 3;
        }
        boolean report = (bare && (last == 'I' || last == 'O'))
                || (!bare && "<?>".indexOf(parameters.charAt(0)) >= 0)
                || (last == 'R' && parameters.indexOf(';') > 0 && !parameters.startsWith("1;"));
        if (report) {
            return 0;
        }
        if (last == '~' && (parameters.equals("200") || parameters.equals("201"))) {
            pasting = parameters.equals("200");
            draft = true;
        } else if (last == 'u') {
            kitty(parameters);
            return 0;
        }
        person = true;
        return 0;
    }

    private void kitty(String parameters) {
        String[] fields = parameters.split(";", 3);
        int code = number(fields[0].split(":", 2)[0]);
        String[] modifiers = (fields.length > 1 ? fields[1] : "1").split(":", 2);
        if (modifiers.length > 1 && number(modifiers[1]) == RELEASED) {
            return;
        }
        person = true;
        int held = Math.max(0, number(modifiers[0]) - 1) & 7;
        boolean control = (held & 4) != 0;
        if ((code == '\r' && held == 0) || (control && "cdu".indexOf(code) >= 0)) {
            draft = false;
        } else if (code >= 0x20 && code != 0x7f && code < 0xe000 && !control && (held & 2) == 0) {
            draft = true;
        }
    }

    private static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
