package dev.agentctl.cli;

/// What one check of `doctor` came to.
///
/// @param name of the check, for scripts
/// @param message what was seen, and after a semicolon what to do about it
record Finding(Grade grade, String name, String message) {
    enum Grade {
        OK("ok"),
        /// It works, and something about it is probably not meant.
        WARN("warn"),
        /// Something will not work.
        FAIL("fail");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding ok(String name, String message) {
        return new Finding(Grade.OK, name, message);
    }

    static Finding warn(String name, String message) {
        return new Finding(Grade.WARN, name, message);
    }

    static Finding fail(String name, String message) {
        return new Finding(Grade.FAIL, name, message);
    }
}
