package dev.agentctl.chat;

import dev.agentctl.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Files that came with a message, kept in the project's folder.
final class FileIntake {
    private FileIntake() {}

    /// Saves them, and makes the words that tell the agent where they are.
    ///
    /// @param caption what was written below them
    /// @throws IOException in one line, if one cannot be saved
    static String save(Session session, String messageId, String caption, List<ReceivedFile> files) throws IOException {
        StringBuilder text = new StringBuilder(caption);
        for (ReceivedFile file : files) {
            Path saved = ProjectInbox.save(session.view().project().directory(), messageId, file);
            text.append(text.isEmpty() ? "" : "\n")
                    .append("[")
                    .append(file.what())
                    .append(" from your operator: ")
                    .append(saved)
                    .append("]");
        }
        return text.toString();
    }
}
