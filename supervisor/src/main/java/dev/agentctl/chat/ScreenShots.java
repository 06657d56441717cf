package dev.agentctl.chat;

import dev.agentctl.picture.PictureException;
import dev.agentctl.picture.ScreenPicture;
import dev.agentctl.session.Session;
import dev.agentctl.terminal.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions' screens as files to send: a picture in chats that show pictures, where this machine can draw one. There is
/// one file for each session, with its latest picture.
public final class ScreenShots {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenShots.class);

    private final Path folder;
    private final Predicate<String> showsPictures;
    private final Masking masking;

    /// @param folder for the pictures; made where it is missing
    /// @param showsPictures whether the chat of that name does
    /// @param masking what a chat must not see
    public ScreenShots(Path folder, Predicate<String> showsPictures, Masking masking) {
        this.folder = folder;
        this.showsPictures = showsPictures;
        this.masking = masking;
    }

    boolean areFor(String chat) {
        return showsPictures.test(chat);
    }

    /// The screen in words, with its secrets hidden.
    String text(Session session) {
        String text = masking.screen(session.look()).stripTrailing();
        return text.isEmpty()
                ? "The screen of `" + session.name() + "` is empty."
                : "```\n" + SessionText.fenceless(text) + "\n```";
    }

    /// Takes some time. Empty where there can be none, or where it would show a secret: then the screen is to be shown
    /// as text.
    Optional<Outgoing> take(Session session, Incoming message) {
        try {
            Screen screen = session.look();
            if (masking.isNeeded(screen)) {
                return Optional.empty();
            }
            byte[] png = ScreenPicture.png(screen);
            Files.createDirectories(folder);
            Path file = folder.resolve(session.name() + ".png");
            write(png, file);
            return Optional.of(new Outgoing.Document(
                    Optional.of(message.from()),
                    Optional.of(session.name()),
                    file.toRealPath(),
                    session.name() + ".png",
                    StateMark.titled(session.view()) + " "
                            + session.view().state().word(),
                    Optional.of(message.messageId())));
        } catch (PictureException | IOException | RuntimeException e) {
            LOG.info("no picture of the screen of {}, but text: {}", session.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /// Under a name of its own until it is whole, for two may be taken at once.
    private void write(byte[] png, Path file) throws IOException {
        Path next = Files.createTempFile(folder, "picture", ".new");
        try {
            Files.write(next, png);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
