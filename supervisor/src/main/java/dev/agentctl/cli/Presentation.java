package dev.agentctl.cli;

import dev.agentctl.host.LogItem;
import java.io.IOException;
import java.util.List;

/// How an attachment shows the session in the person's terminal.
sealed interface Presentation permits PassedThrough, Framed {
    /// The part of the window that is the session's.
    WindowSize room();

    /// Takes the terminal from the shell.
    void open() throws IOException;

    /// Shows a picture, whatever was shown before.
    void begin(Picture.Start start) throws IOException;

    /// Takes what follows in the log.
    void take(LogItem item) throws IOException;

    /// Another child has begun with a blank terminal.
    void startedAgain() throws IOException;

    /// Who else is attached.
    void company(List<String> others);

    /// The window has another size; true when nothing else is to be done for that.
    boolean resized();

    /// Whether it names the detach key itself, so that no notice needs to.
    boolean namesTheKey();

    /// Says something for a moment, until the next picture.
    void say(String words) throws IOException;

    /// Nothing is shown any more.
    void close();
}
