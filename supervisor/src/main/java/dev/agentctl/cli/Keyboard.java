package dev.agentctl.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/// Reads the person's keys and hands them on as they arrive: a key or a paste that comes in one piece stays in one
/// piece, because programs take the halves of a torn sequence for text.
final class Keyboard implements Runnable {
    private static final int MOST_AT_ONCE = 64 << 10;

    private final ClientTerminal terminal;
    private final DetachKey key;
    private final Consumer<byte[]> typed;
    private final Runnable detach;

    /// @param detach called once, when the detach key was pressed or the terminal is gone
    Keyboard(ClientTerminal terminal, DetachKey key, Consumer<byte[]> typed, Runnable detach) {
        this.terminal = terminal;
        this.key = key;
        this.typed = typed;
        this.detach = detach;
    }

    @Override
    public void run() {
        byte[] keys = new byte[MOST_AT_ONCE];
        try {
            int count = terminal.read(keys);
            while (count >= 0) {
                int detached = key.find(keys, count);
                int meant = detached < 0 ? count : detached;
                if (meant > 0) {
                    typed.accept(Arrays.copyOf(keys, meant));
                }
                if (detached >= 0) {
                    break;
                }
                count = terminal.read(keys);
            }
        } catch (IOException _) {
            // the terminal is gone, and whoever sat there with it
        }
        detach.run();
    }
}
