package dev.agentctl.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the played model does with a prompt that names it.
enum Scene {
    SAY,
    NOTIFY,
    REFUSED,
    ALLOWED,
    RECALL;

    private static final String MARK = "agentctl check: ";
    private static final Pattern NAMED = Pattern.compile(MARK + "([a-z]+)");

    /// What the model says at the end of the first scene, to be found in the conversation later.
    static final String WORD = "kestrel";

    /// The prompt that begins it.
    String prompt() {
        return MARK + name().toLowerCase(Locale.ROOT);
    }

    /// The file that the command of the scene makes.
    String file() {
        return "made-" + name().toLowerCase(Locale.ROOT);
    }

    /// The last that a text names.
    static Optional<Scene> in(String text) {
        Matcher named = NAMED.matcher(text);
        Optional<Scene> last = Optional.empty();
        while (named.find()) {
            for (Scene scene : values()) {
                if (scene.prompt().equals(named.group())) {
                    last = Optional.of(scene);
                }
            }
        }
        return last;
    }
}
