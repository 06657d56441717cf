package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;

/// How the console shows a message: the session's name before it, its Markdown as it is.
final class SaidText {
    private SaidText() {}

    static String of(ControlReply.Said said) {
        String text = Printable.text(said.text()).stripTrailing();
        return said.session()
                .map(session -> "[" + Printable.line(session) + "] " + text)
                .orElse(text);
    }
}
