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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hook events that an agent's hook kept on disk because no supervisor said that it has them, named by their keys,
/// which begin with their time. A hook that was ended while it kept one leaves it under another name, whole or not.
///
/// The folder is the agent's to write, also from within its sandbox: no link in it or in its place is followed, for it
/// would lead to files that only we may read and delete.
///
/// Only its session's mailbox calls it, except where noted.
final class HookSpool {
    private static final Logger LOG = LoggerFactory.getLogger(HookSpool.class);
    private static final Path NAME = Path.of("hooks");
    private static final String KEPT = ".json";
    private static final String LEFT = ".part";
    /// No hook takes so long to keep an event.
    private static final Duration LEFT_AFTER = Duration.ofMinutes(1);

    private final Path run;
    /// So that a disk that fails is told of once.
    private boolean failing;

    /// @param run the session's folder of the run, which has this one
    HookSpool(Path run) {
        this.run = run;
    }

    /// Takes a kept event.
    interface Taker {
        /// Takes one, with what its hook calls its run, and the time when it was kept.
        void take(String key, String payload, Instant at);
    }

    /// Any thread; costs some 10 µs.
    boolean isEmpty() {
        String[] names = run.resolve(NAME).toFile().list();
        return names == null || names.length == 0;
    }

    /// Hands over every kept event, the oldest first, and forgets it once it was taken.
    void drain(Instant now, Taker taker) {
        try (DirectoryStream<Path> outer = Files.newDirectoryStream(run)) {
            if (outer instanceof SecureDirectoryStream<Path> secure) {
                try (SecureDirectoryStream<Path> folder = secure.newDirectoryStream(NAME, LinkOption.NOFOLLOW_LINKS)) {
                    drain(folder, now, taker);
                }
            }
        } catch (NoSuchFileException _) {
            // this session's agent keeps none
        } catch (IOException e) {
            failed(e);
        }
    }

    private void drain(SecureDirectoryStream<Path> folder, Instant now, Taker taker) {
        for (Path name : kept(folder, now)) {
            try {
                Instant at = attributes(folder, name).lastModifiedTime().toInstant();
                read(folder, name)
                        .ifPresentOrElse(
                                event -> taker.take(key(name), event, at),
                                () -> LOG.warn(
                                        "a kept hook event is larger than {} bytes, and is dropped",
                                        HookCall.MOST_BYTES));
                folder.deleteFile(name);
                failing = false;
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.warn("cannot read the kept hook events of {}: {}", run.getFileName(), e.toString());
        }
        failing = true;
    }

    private static String key(Path name) {
        String text = name.toString();
        return text.substring(0, text.lastIndexOf('.'));
    }

    private static List<Path> kept(SecureDirectoryStream<Path> folder, Instant now) {
        List<Path> names = new ArrayList<>();
        for (Path entry : folder) {
            Path name = Objects.requireNonNull(entry.getFileName());
            if (isKept(folder, name, now)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }

    private static boolean isKept(SecureDirectoryStream<Path> folder, Path name, Instant now) {
        boolean left = name.toString().endsWith(LEFT);
        if (!left && !name.toString().endsWith(KEPT)) {
            return false;
        }
        try {
            BasicFileAttributes attributes = attributes(folder, name);
            Instant at = attributes.lastModifiedTime().toInstant();
            return attributes.isRegularFile() && (!left || at.isBefore(now.minus(LEFT_AFTER)));
        } catch (IOException _) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /// Empty where it is too large.
    private static Optional<String> read(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try (InputStream in = Channels.newInputStream(
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            byte[] bytes = in.readNBytes(HookCall.MOST_BYTES + 1);
            return bytes.length > HookCall.MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
