package dev.agentctl.cli;

import java.util.List;

/// What a window shows beside the session that is painted into it. Any thread may call.
sealed interface WindowRest permits StatusRow, Notice {
    /// The part of the window that is the session's, from its upper left corner.
    WindowSize room(WindowSize window);

    /// What is drawn with each frame, as bytes for the terminal.
    String drawing(WindowSize window);

    /// The session has said something.
    void stir();

    /// Who else is attached.
    void company(List<String> people);

    /// Whether it names the detach key itself.
    boolean namesTheKey();

    /// Says something for a moment.
    void say(String words);

    /// A new picture begins: what was said is over.
    void beginAnew();
}
