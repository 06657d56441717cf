package dev.agentctl.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The files of a project that may be sent to a chat: regular ones, inside its folder after every link is resolved, not
/// too large, and none that usually holds secrets.
public final class ProjectFiles {
    /// What the Bot API takes from a bot.
    private static final long LARGEST = 50L << 20;

    private static final int LONGEST_SHOWN = 200;

    private static final List<String> SECRET_ENDS =
            List.of(".pem", ".key", ".p12", ".pfx", ".kdbx", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519");

    /// What came of a search.
    public sealed interface Search {}

    /// It may be sent.
    ///
    /// @param file its real path
    /// @param name to show
    public record Found(Path file, String name) implements Search {}

    /// Why it is not sent, in one line.
    public record Refused(String reason) implements Search {}

    /// It looks like it holds secrets.
    ///
    /// @param reason why it is not sent, in one line
    public record Secret(Found found, String reason) implements Search {}

    /// Finds a file by a path relative to the project's folder.
    public Search find(Path project, String path) {
        return find(project, path, List.of());
    }

    /// As [#find(Path, String)].
    ///
    /// @param allowed files in the folder that are no secrets, whatever they look like
    public Search find(Path project, String path, List<Path> allowed) {
        try {
            Path root = project.toRealPath();
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root)) {
                return new Refused("`" + shown(path) + "` is outside of the project's folder.");
            }
            return check(root, file, path, allowed);
        } catch (InvalidPathException _) {
            return new Refused("`" + shown(path) + "` is no path.");
        } catch (IOException _) {
            return new Refused("There is no file `" + shown(path) + "` in the project.");
        }
    }

    /// A path as one short line.
    static String shown(String path) {
        String line = SafeText.of(path.replace('\n', ' ').replace('\t', ' '));
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
    }

    private static Search check(Path root, Path file, String path, List<Path> allowed) throws IOException {
        String shown = shown(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Refused("`" + shown + "` is not a regular file.");
        }
        if (Files.size(file) > LARGEST) {
            return new Refused("`" + shown + "` has " + (Files.size(file) >> 20) + " MB; 50 MB is the most.");
        }
        if (Files.size(file) == 0) {
            return new Refused("`" + shown + "` is empty.");
        }
        Found found = new Found(file, String.valueOf(file.getFileName()));
        Path inside = root.relativize(file);
        return isSecret(inside) && !allowed.contains(inside)
                ? new Secret(found, "`" + shown + "` looks like it holds secrets and is not sent.")
                : found;
    }

    private static boolean isSecret(Path inside) {
        String name = String.valueOf(inside.getFileName()).toLowerCase(Locale.ROOT);
        return name.equals(".env")
                || name.startsWith(".env.")
                || SECRET_ENDS.stream().anyMatch(name::endsWith)
                || inside.startsWith(".git");
    }
}
