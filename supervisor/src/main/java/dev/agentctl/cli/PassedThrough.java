package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import dev.agentctl.terminal.DetachReset;
import dev.agentctl.terminal.QueryFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The whole window is the session's: its bytes are the terminal's, but for the questions in them.
final class PassedThrough implements Presentation {
    private final ClientTerminal terminal;
    private QueryFilter filter = new QueryFilter();

    PassedThrough(ClientTerminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public WindowSize room() {
        return terminal.size();
    }

    /// Scrolls what the shell has shown out of sight instead of wiping it.
    @Override
    public void open() throws IOException {
        terminal.scrollsTheShell();
    }

    @Override
    public void begin(Picture.Start start) throws IOException {
        filter = new QueryFilter();
        terminal.write(DetachReset.bytes());
        terminal.write(filter.filter(start.bytes(), 0, start.bytes().length));
    }

    @Override
    public void take(LogItem item) throws IOException {
        if (item instanceof LogItem.Bytes(long _, byte[] bytes)) {
            terminal.write(filter.filter(bytes, 0, bytes.length));
        }
    }

    @Override
    public void startedAgain() throws IOException {
        terminal.write(DetachReset.bytes());
        write("\u001b[H\u001b[2J");
    }

    private void write(String text) throws IOException {
        terminal.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void company(List<String> others) {
        // nothing of the window is ours to tell it in
    }

    /// The picture that the terminal has made of the old size is wrong.
    @Override
    public boolean resized() {
        return false;
    }

    @Override
    public boolean namesTheKey() {
        return false;
    }

    @Override
    public void say(String words) throws IOException {
        write("\u001b7" + Notice.onFirstRow(words) + "\u001b8");
    }

    @Override
    public void close() {
        // the terminal is put in order by whoever has opened it
    }
}
