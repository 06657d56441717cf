package dev.agentctl.cli;

import java.util.List;

/// Nothing but what is said now and then, over the first row: the window is the session's, as far as it goes.
final class Notice implements WindowRest {
    private volatile String words = "";

    @Override
    public WindowSize room(WindowSize window) {
        return window;
    }

    @Override
    public String drawing(WindowSize window) {
        String said = words;
        return said.isEmpty() ? "" : onFirstRow(said) + "\u001b[0m";
    }

    /// Draws it at the top, where it hides least. The cursor stays behind it, and the style.
    static String onFirstRow(String words) {
        return "\u001b[1;1H\u001b[0;7m " + words + " ";
    }

    @Override
    public void stir() {
        // there is no state to be shown
    }

    @Override
    public void company(List<String> people) {
        // as in stir
    }

    @Override
    public boolean namesTheKey() {
        return false;
    }

    @Override
    public void say(String said) {
        words = said;
    }

    @Override
    public void beginAnew() {
        words = "";
    }
}
