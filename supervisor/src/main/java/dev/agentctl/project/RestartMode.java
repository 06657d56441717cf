package dev.agentctl.project;

import java.util.Arrays;
import java.util.Optional;

/// When a child that ended on its own is started again. A stop that was asked for is never undone by any of them while
/// the supervisor runs.
public enum RestartMode {
    /// After every end, success too; and at the supervisor's start even where the session was stopped by hand.
    ALWAYS("always"),
    /// After a failure only; exit 0 is a finished session.
    ON_FAILURE("on-failure"),
    /// As [#ALWAYS], but a session stopped by hand stays stopped over a start of the supervisor.
    UNLESS_STOPPED("unless-stopped"),
    /// Never.
    NO("no");

    private final String word;

    RestartMode(String word) {
        this.word = word;
    }

    /// The word for it in the configuration.
    public String word() {
        return word;
    }

    /// The mode that a configuration calls `word`. YAML reads a bare `no` as a boolean; `false` and `off` are
    /// therefore the same word.
    public static Optional<RestartMode> of(String word) {
        String plain = word.equals("false") || word.equals("off") ? NO.word : word;
        return Arrays.stream(values()).filter(mode -> mode.word.equals(plain)).findFirst();
    }
}
