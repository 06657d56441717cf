package dev.agentctl.cli;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/// The last row of the window, which shows a [StatusLine].
final class StatusRow implements WindowRest {
    private final StatusLine line;
    private final StateLook look;
    private volatile List<String> others = List.of();

    /// @param clock runs what asks the supervisor
    /// @param changed told when the line has something else to say
    StatusRow(Agentctl root, StatusLine line, ScheduledExecutorService clock, Runnable changed) {
        this.line = line;
        this.look = new StateLook(root, line.project(), changed);
        look.begin(clock);
    }

    @Override
    public WindowSize room(WindowSize window) {
        return window.rows() < 2 ? window : new WindowSize(window.columns(), window.rows() - 1);
    }

    @Override
    public String drawing(WindowSize window) {
        return window.rows() < 2 ? "" : line.drawing(look.known(), others, window);
    }

    @Override
    public void stir() {
        look.stir();
    }

    @Override
    public void company(List<String> people) {
        others = people;
    }

    @Override
    public boolean namesTheKey() {
        return true;
    }

    @Override
    public void say(String words) {
        // the row says it all the time
    }

    @Override
    public void beginAnew() {
        // as in say
    }
}
