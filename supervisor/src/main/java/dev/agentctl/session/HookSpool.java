package dev.agentctl.session;

import dev.agentctl.tools.HookCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hook events that an agent's hook kept on disk while the supervisor was away, named by their time.
///
/// The folder is the agent's to write, also from within its sandbox: no link in it or in its place is followed, for it
/// would lead to files that only we may read and delete.
///
/// @param run the session's folder of the run, which has this one
record HookSpool(Path run) {
    private static final Logger LOG = LoggerFactory.getLogger(HookSpool.class);
    private static final Path NAME = Path.of("hooks");

    /// Takes a kept event.
    interface Taker {
        /// Takes one, with the time when it was kept.
        void take(String payload, Instant at);
    }

    /// Hands over every kept event, the oldest first, and forgets it once it was taken.
    void drain(Taker taker) {
        try (DirectoryStream<Path> outer = Files.newDirectoryStream(run)) {
            if (outer instanceof SecureDirectoryStream<Path> secure) {
                try (SecureDirectoryStream<Path> folder = secure.newDirectoryStream(NAME, LinkOption.NOFOLLOW_LINKS)) {
                    drain(folder, taker);
                }
            }
        } catch (NoSuchFileException _) {
            // this session's agent keeps none
        } catch (IOException e) {
            LOG.warn("cannot read the kept hook events of {}: {}", run.getFileName(), e.toString());
        }
    }

    private static void drain(SecureDirectoryStream<Path> folder, Taker taker) {
        for (Path name : kept(folder)) {
            try {
                Instant at = attributes(folder, name).lastModifiedTime().toInstant();
                String event = read(folder, name);
                if (event.isEmpty()) {
                    LOG.warn("a kept hook event is larger than {} bytes, and is dropped", HookCall.MOST_BYTES);
                } else {
                    taker.take(event, at);
                }
                folder.deleteFile(name);
            } catch (IOException e) {
                LOG.warn("cannot read a kept hook event: {}", e.toString());
            }
        }
    }

    private static List<Path> kept(SecureDirectoryStream<Path> folder) {
        List<Path> names = new ArrayList<>();
        for (Path entry : folder) {
            Path name = Objects.requireNonNull(entry.getFileName());
            if (name.toString().endsWith(".json") && isFile(folder, name)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }

    private static boolean isFile(SecureDirectoryStream<Path> folder, Path name) {
        try {
            return attributes(folder, name).isRegularFile();
        } catch (IOException _) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /// Empty where it is too large.
    private static String read(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try (InputStream in = Channels.newInputStream(
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            byte[] bytes = in.readNBytes(HookCall.MOST_BYTES + 1);
            return bytes.length > HookCall.MOST_BYTES ? "" : new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
