package dev.agentctl.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where a project's agent finds the files that operators send: `.agentctl/inbox` in the project's folder, where it may
/// read without asking. A `.gitignore` in it keeps it out of the project's history.
final class ProjectInbox {
    private static final String OURS = ".agentctl";
    private static final int LONGEST_NAME = 80;

    private ProjectInbox() {}

    /// Moves a file in. The same message's file of the same name goes to the same place, so that a repeat leaves no
    /// copy.
    ///
    /// @throws IOException in one line, if it cannot be written there
    static Path save(Path project, String messageId, ReceivedFile file) throws IOException {
        Path ours = folder(project.toRealPath().resolve(OURS));
        Path ignore = ours.resolve(".gitignore");
        if (Files.notExists(ignore, LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(ignore, "*\n");
        }
        Path target = folder(ours.resolve("inbox")).resolve(safe(messageId) + "-" + safe(file.name()));
        return Files.move(file.content(), target, StandardCopyOption.REPLACE_EXISTING);
    }

    /// A link in its place could lead anywhere.
    private static Path folder(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is no folder; remove it");
        }
        return folder;
    }

    /// A name that is one path element, hides nothing, and needs no quoting.
    static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._-]+", "_").replaceAll("^[.]+", "");
        String bounded = plain.length() <= LONGEST_NAME ? plain : plain.substring(plain.length() - LONGEST_NAME);
        return bounded.isEmpty() ? "file" : bounded;
    }
}
