package dev.agentctl.chat;

import dev.agentctl.tools.Enclosure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What an agent wants to show, as something that a chat can show.
sealed interface Exhibit {
    /// It can be shown.
    record Ready(Outgoing outgoing) implements Exhibit {}

    /// It cannot; one line says why.
    record Refused(String reason) implements Exhibit {}

    /// Reads the files that it names.
    ///
    /// @param project the folder that files must lie in
    static Exhibit of(String session, Path project, Enclosure enclosure) {
        return switch (enclosure) {
            case Enclosure.Words(String markdown) -> new Ready(text(session, markdown));
            case Enclosure.Code(String code, var language, var caption) ->
                new Ready(text(
                        session, caption.map(words -> words + "\n\n").orElse("") + fenced(code, language.orElse(""))));
            case Enclosure.Picture(String path, var caption) -> picture(session, project, path, caption);
            case Enclosure.Document(String path, var caption) ->
                switch (new ProjectFiles().find(project, path)) {
                    case ProjectFiles.Found found -> new Ready(document(session, found, caption));
                    case ProjectFiles.Secret secret -> new Refused(secret.reason());
                    case ProjectFiles.Refused(String reason) -> new Refused(reason);
                };
        };
    }

    private static Exhibit picture(String session, Path project, String path, Optional<String> caption) {
        return switch (new ProjectFiles().find(project, path)) {
            case ProjectFiles.Found found when isPicture(found.file()) -> new Ready(document(session, found, caption));
            case ProjectFiles.Found _ ->
                new Refused("`" + ProjectFiles.shown(path) + "` is no PNG, JPEG, GIF or WebP picture.");
            case ProjectFiles.Secret secret -> new Refused(secret.reason());
            case ProjectFiles.Refused(String reason) -> new Refused(reason);
        };
    }

    private static boolean isPicture(Path file) {
        try {
            return PictureKind.of(file).isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Outgoing document(String session, ProjectFiles.Found found, Optional<String> caption) {
        return new Outgoing.Document(
                Optional.empty(),
                Optional.of(session),
                found.file(),
                found.name(),
                "[" + session + "] " + caption.orElse(found.name()),
                Optional.empty());
    }

    private static Outgoing text(String session, String markdown) {
        return new Outgoing.Text(
                Outgoing.Kind.FINAL, Optional.empty(), Optional.of(session), markdown, Optional.empty());
    }

    /// As a fenced block whose fence the code cannot end.
    private static String fenced(String code, String language) {
        String fence = "```";
        while (code.contains(fence)) {
            fence += "`";
        }
        String word = language.strip().matches("[A-Za-z0-9+#._-]{1,30}") ? language.strip() : "";
        return fence + word + "\n" + code.stripTrailing() + "\n" + fence;
    }
}
