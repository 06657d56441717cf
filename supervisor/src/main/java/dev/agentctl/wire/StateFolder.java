package dev.agentctl.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The folder of all state, sockets and logs (`AGENTCTL_HOME`), and where things are in it.
public record StateFolder(Path path) {
    /// `sun_path` holds 108 bytes with the closing zero (unix(7)).
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final String DATABASE = "state.db";

    /// What is opened in it by its name.
    private static final List<String> CONTENTS = List.of(
            "host.sock",
            "host.lock",
            "host.log",
            "host.handover",
            "supervisor.sock",
            "supervisor.lock",
            "supervisor.log",
            "supervisor.handover",
            DATABASE,
            DATABASE + "-wal",
            DATABASE + "-shm",
            "hook",
            "native",
            "sessions",
            "run");

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /// `AGENTCTL_HOME`, else `$XDG_STATE_HOME/agentctl`, else `~/.local/state/agentctl`.
    public static StateFolder of(Map<String, String> environment) {
        String home = environment.getOrDefault("AGENTCTL_HOME", "");
        if (!home.isEmpty()) {
            return new StateFolder(Path.of(home).toAbsolutePath().normalize());
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base =
                state.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state") : Path.of(state);
        return new StateFolder(base.resolve("agentctl").toAbsolutePath().normalize());
    }

    public Path hostSocket() {
        return path.resolve("host.sock");
    }

    public Path hostLock() {
        return path.resolve("host.lock");
    }

    public Path supervisorSocket() {
        return path.resolve("supervisor.sock");
    }

    public Path supervisorLock() {
        return path.resolve("supervisor.lock");
    }

    public Path database() {
        return path.resolve(DATABASE);
    }

    /// Where a role writes its own log.
    public Path roleLog(String role) {
        return path.resolve(role + ".log");
    }

    /// What a role's program leaves to its successor, for moments.
    public Path handOver(String role) {
        return path.resolve(role + ".handover");
    }

    /// Where a role unpacks what is not Java and is loaded all the same.
    public Path natives(String role) {
        return path.resolve("native").resolve(role);
    }

    /// Where the host keeps the byte logs of all sessions.
    public Path sessions() {
        return path.resolve("sessions");
    }

    /// Where the host keeps a session's byte log.
    public Path session(String name) {
        return sessions().resolve(name);
    }

    /// What the supervisor hands to a session's child: settings, prompts. Nothing of the user's.
    public Path run(String name) {
        return path.resolve("run").resolve(name);
    }

    /// Makes the folder where it is missing, for our user alone. Says what is wrong with it, if anything: a folder
    /// that others may enter or that is not ours would let them type into every agent.
    public Optional<String> prepare() throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileSystemException e) {
                return Optional.of("the state folder " + path + " cannot be made (" + reason(e)
                        + "); set AGENTCTL_HOME to a folder of yours");
            }
        }
        return complaint();
    }

    /// Java leaves the reason out where the exception's type is the reason.
    private static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "no permission at " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is no folder";
            default -> e.getFile() + ": " + e.getReason();
        };
    }

    /// What is wrong with an existing folder, if anything.
    public Optional<String> complaint() throws IOException {
        int length = supervisorSocket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            return Optional.of("the state folder " + path + " has too long a name for its sockets (" + length
                    + " bytes, at most " + LONGEST_SOCKET_PATH + "); set AGENTCTL_HOME to a shorter one");
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            return Optional.of("the state folder " + path + " is not a folder; remove it or set AGENTCTL_HOME");
        }
        UserPrincipal us = path.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        if (!attributes.owner().equals(us)) {
            return Optional.of("the state folder " + path + " belongs to " + attributes.owner() + ", not to " + us
                    + "; remove it or set AGENTCTL_HOME");
        }
        if (!attributes.permissions().equals(PRIVATE)) {
            return Optional.of("the state folder " + path + " has mode "
                    + PosixFilePermissions.toString(attributes.permissions())
                    + ", so others may reach its sockets; run: chmod 700 " + path);
        }
        return link();
    }

    /// Through one, what is ours would be read and written where others may.
    private Optional<String> link() {
        return CONTENTS.stream()
                .map(path::resolve)
                .filter(Files::isSymbolicLink)
                .findFirst()
                .map(link -> link + " is a symbolic link, so agentctl would write elsewhere; remove it, or set"
                        + " AGENTCTL_HOME to have the whole state folder elsewhere");
    }
}
