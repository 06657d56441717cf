package dev.agentctl.cli;

import dev.agentctl.pty.Signal;
import dev.agentctl.terminal.DetachReset;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.ControlFlag;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// The operator's own terminal while it is attached: raw, so that every key goes to the agent, and put back in order
/// whatever ends the command. One thread reads; any may write.
final class ClientTerminal implements AutoCloseable {
    private static final String TYPE = "agentctl";
    /// XTSAVE and XTRESTORE of whether the wheel sends arrow keys in the alternate screen (xterm's ctlseqs): some
    /// terminals do so by default.
    private static final byte[] SAVE_WHEEL = ascii("\u001b[?1007s");

    private static final byte[] RESTORE_WHEEL = ascii("\u001b[?1007r");
    private static final String BELOW_ALL = "\u001b[999;1H\r\n";

    private final Terminal terminal;
    private final Attributes before;
    // jline's own streams read byte by byte, and would tear a paste into as many writes
    private final FileInputStream keyboard = new FileInputStream(FileDescriptor.in);
    private final FileOutputStream screen = new FileOutputStream(FileDescriptor.out);
    private final LastWrites writes = new LastWrites();
    private final AtomicBoolean restored = new AtomicBoolean();
    private final Thread atExit = new Thread(this::restore, "restore the terminal");

    private volatile WindowSize size;
    /// Leaves the cursor below all that was shown.
    private volatile String last = BELOW_ALL;

    private volatile LastWrites.Piece lastWords = () -> {};

    private final Map<String, @Nullable Object> formerSignals = new LinkedHashMap<>();

    private ClientTerminal(Terminal terminal) {
        this.size = sizeOf(terminal);
        this.terminal = terminal;
        this.before = terminal.getAttributes();
    }

    /// Takes the terminal over.
    static ClientTerminal open() throws IOException {
        // none of its capabilities is used, and looking them up would run a program
        InfoCmp.setLoadedInfoCmp(TYPE, TYPE + ",\n");
        Terminal terminal = OwnTerminal.builder().dumb(false).type(TYPE).build();
        ClientTerminal client = new ClientTerminal(terminal);
        Runtime.getRuntime().addShutdownHook(client.atExit);
        terminal.setAttributes(raw(client.before));
        client.write(SAVE_WHEEL);
        return client;
    }

    /// As cfmakeraw(3): bytes go both ways as they are, and no key is a signal.
    private static Attributes raw(Attributes from) {
        Attributes raw = new Attributes(from);
        raw.setInputFlags(
                EnumSet.of(
                        InputFlag.IGNBRK,
                        InputFlag.BRKINT,
                        InputFlag.PARMRK,
                        InputFlag.ISTRIP,
                        InputFlag.INLCR,
                        InputFlag.IGNCR,
                        InputFlag.ICRNL,
                        InputFlag.IXON),
                false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setLocalFlags(
                EnumSet.of(LocalFlag.ECHO, LocalFlag.ECHONL, LocalFlag.ICANON, LocalFlag.ISIG, LocalFlag.IEXTEN),
                false);
        raw.setControlFlag(ControlFlag.PARENB, false);
        raw.setControlFlag(ControlFlag.CS8, true);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        return raw;
    }

    /// Its size; never empty.
    WindowSize size() {
        return size;
    }

    private static WindowSize sizeOf(Terminal terminal) {
        Size size = terminal.getSize();
        return size.getColumns() < 1 || size.getRows() < 1
                ? new WindowSize(80, 24)
                : new WindowSize(size.getColumns(), size.getRows());
    }

    void onResize(Runnable action) {
        terminal.handle(Terminal.Signal.WINCH, _ -> {
            size = sizeOf(terminal);
            action.run();
        });
    }

    /// Lets job control stop and continue this process: in order for the shell meanwhile, raw again afterwards. The
    /// keys are all the agent's, so the signals come from outside: `kill -TSTP`, a shell's `suspend`.
    ///
    /// @param action called when it goes on, also after a SIGSTOP that nobody can foresee
    void onResume(Runnable action) {
        formerSignals.put("TSTP", Signals.register("TSTP", this::suspend));
        formerSignals.put("CONT", Signals.register("CONT", () -> {
            resume();
            action.run();
        }));
    }

    private synchronized void suspend() {
        if (!restored.get()) {
            putInOrder();
            Signal.STOP.send(ProcessHandle.current().pid());
        }
    }

    private synchronized void resume() {
        if (!restored.get()) {
            terminal.setAttributes(raw(before));
            size = sizeOf(terminal);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Waits for keys. What arrives together is given together; -1 when the terminal is gone.
    int read(byte[] into) throws IOException {
        return keyboard.read(into);
    }

    /// Shows it; not any more once the terminal is the shell's again.
    synchronized void write(byte[] bytes) throws IOException {
        if (!restored.get()) {
            writes.write(() -> screen.write(bytes));
        }
    }

    /// What the shell has shown will be there again, and its cursor where it was: all is drawn in the alternate screen.
    void hidesTheShell() {
        last = "\r";
    }

    /// What the shell has shown is scrolled out of sight.
    void scrollsTheShell() throws IOException {
        last = BELOW_ALL;
        write(ascii("\u001b[999;1H" + "\n".repeat(size.rows())));
    }

    /// Nothing more is to be shown than what is being written: a terminal that stands still holds that up no longer.
    void end() {
        writes.end();
    }

    /// What is printed when the terminal is the shell's again. Printed later it would wait for a terminal that stands
    /// still.
    void lastWords(PrintStream to, String line) {
        lastWords = () -> to.println(line);
    }

    private synchronized void writeLast() throws IOException {
        writes.writeWhole(() -> {
            screen.write(DetachReset.bytes());
            screen.write(RESTORE_WHEEL);
            screen.write(ascii(last));
        });
    }

    /// Undoes what the agent, and we, have switched on, and leaves the cursor below all that was shown.
    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void restore() {
        if (restored.getAndSet(true)) {
            return;
        }
        end();
        putInOrder();
        try {
            writes.writeWhole(lastWords);
        } catch (IOException _) {
            // a terminal that is gone hears nothing
        }
        writes.close();
        try {
            formerSignals.forEach(Signals::unregister);
            terminal.close();
        } catch (IOException | IllegalStateException _) {
            // jline's own hook at the end of the process was faster
        }
    }

    private void putInOrder() {
        try {
            writeLast();
        } catch (IOException _) {
            // a terminal that is gone needs no order
        }
        try {
            terminal.setAttributes(before);
        } catch (IllegalStateException _) {
            // as in restore
        }
    }
}
