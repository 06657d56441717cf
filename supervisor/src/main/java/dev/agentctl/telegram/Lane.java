package dev.agentctl.telegram;

import java.util.List;
import java.util.stream.Stream;

/// Which updates a [Receiver] takes. Lanes do not wait for each other: no press waits behind a message, and no message
/// behind a file that is being fetched.
enum Lane {
    MESSAGES,
    PRESSES,
    FILES;

    static final List<String> FILE_FIELDS =
            List.of("photo", "document", "voice", "audio", "video", "video_note", "animation");

    private static final List<String> PRESS_PATHS = List.of("callback_query");
    private static final List<String> FILE_PATHS =
            FILE_FIELDS.stream().map(field -> "message." + field).toList();
    private static final List<String> ALL_PATHS =
            Stream.concat(PRESS_PATHS.stream(), FILE_PATHS.stream()).toList();

    /// The fields by which its updates are known.
    List<String> fields() {
        return switch (this) {
            case MESSAGES -> ALL_PATHS;
            case PRESSES -> PRESS_PATHS;
            case FILES -> FILE_PATHS;
        };
    }

    /// Whether its updates have one of the fields, or none.
    boolean has() {
        return this != MESSAGES;
    }

    String thread() {
        return switch (this) {
            case MESSAGES -> "telegram-receive";
            case PRESSES -> "telegram-press";
            case FILES -> "telegram-files";
        };
    }
}
