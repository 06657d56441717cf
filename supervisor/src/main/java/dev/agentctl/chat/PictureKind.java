package dev.agentctl.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The kinds of picture that chats show, told by how a file begins and not by its name.
enum PictureKind {
    PNG,
    JPEG,
    GIF,
    WEBP;

    private static final int BEGINNING = 12;

    /// Empty for a file that is no picture, whatever it is called.
    static Optional<PictureKind> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1));
        }
    }

    private static Optional<PictureKind> of(String beginning) {
        if (beginning.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (beginning.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (beginning.startsWith("GIF87a") || beginning.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        return beginning.startsWith("RIFF") && beginning.endsWith("WEBP") ? Optional.of(WEBP) : Optional.empty();
    }
}
