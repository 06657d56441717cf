package dev.agentctl.session;

import dev.agentctl.session.Message.Stage;

/// A message between the composer and its proof. Only the typist changes it.
final class Typing {
    final Message message;
    final long generation;
    private final Echo echo;
    /// How often the screen showed it before it was typed.
    private final int shownBefore;
    Stage stage = Stage.TYPING;
    boolean secondEnter;
    /// Looks at the screen that were in vain, since it was last put into the composer.
    int looks;
    /// How often it was put into the composer.
    int pastes = 1;
    /// Whether it was seen in the composer.
    boolean shown;

    /// @param screen before it is typed
    Typing(Message message, long generation, String screen) {
        this.message = message;
        this.generation = generation;
        this.echo = Echo.of(message.text());
        this.shownBefore = echo.count(screen);
    }

    /// Whether it can be told from the screen that it stands there.
    boolean isVisible() {
        return !echo.end().isEmpty();
    }

    /// Whether it stands on the screen, in the composer or in the history.
    boolean isOn(String screen) {
        return echo.count(screen) > shownBefore;
    }
}
