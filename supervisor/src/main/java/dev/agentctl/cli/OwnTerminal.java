package dev.agentctl.cli;

import org.jline.terminal.TerminalBuilder;

/// The terminal that a person called this command from, through system calls alone. Left to itself jline also asks
/// `test`, `tty` and `stty` of PATH, and the `test` that comes first there may be any program: our own, where somebody
/// has put `scripts` before the rest.
final class OwnTerminal {
    private OwnTerminal() {}

    static TerminalBuilder builder() {
        return TerminalBuilder.builder().system(true).jni(false).exec(false).graphemeCluster(false);
    }
}
