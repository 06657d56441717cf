package dev.agentctl.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Finds a process that has a conversation open which is not ours to have: neither agent locks its conversations, and
/// two that write into one spoil it.
///
/// It shows itself by one of three signs: the conversation's id among its arguments; the conversation's file open for
/// writing, as Codex has it; or Claude Code's own note `sessions/PID.json`, which outlives a killed process.
///
/// @param processes `/proc`
/// @param ours whether a process is one that is being ended; asked only of one that has it open
record OpenElsewhere(Path processes, LongPredicate ours) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Those which begin another conversation with what is in this one.
    private static final Set<String> FORKS = Set.of("--fork-session", "fork");

    /// The process, where there is one.
    Optional<Long> find(String id, Optional<Path> transcript) {
        try (Stream<Path> all = Files.list(processes)) {
            return all.map(OpenElsewhere::name)
                    .filter(name -> name.matches("[1-9][0-9]{0,9}"))
                    .map(Long::valueOf)
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .filter(pid -> isOpenIn(pid, id, transcript) && !ours.test(pid))
                    .findFirst();
        } catch (IOException _) {
            // no /proc: nothing is known of other processes
            return Optional.empty();
        }
    }

    private boolean isOpenIn(long pid, String id, Optional<Path> transcript) {
        List<String> arguments = arguments(pid);
        boolean named = arguments.contains(id) && arguments.stream().noneMatch(FORKS::contains);
        return named
                || transcript.filter(file -> isWriting(pid, file)).isPresent()
                || transcript.filter(file -> isNoted(pid, arguments, id, file)).isPresent();
    }

    private List<String> arguments(long pid) {
        try {
            return List.of(Files.readString(process(pid).resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException _) {
            // it has ended
            return List.of();
        }
    }

    private boolean isWriting(long pid, Path file) {
        try (Stream<Path> open = Files.list(process(pid).resolve("fd"))) {
            return open.anyMatch(number -> isWriting(pid, number, file));
        } catch (IOException _) {
            // it has ended, or is another user's
            return false;
        }
    }

    private boolean isWriting(long pid, Path number, Path file) {
        try {
            return Files.readSymbolicLink(number).equals(file)
                    && Files.readAllLines(process(pid).resolve("fdinfo").resolve(name(number))).stream()
                            .filter(line -> line.startsWith("flags:"))
                            .anyMatch(
                                    line -> (Integer.parseInt(line.substring(6).strip(), 8) & 3) != 0);
        } catch (IOException | NumberFormatException _) {
            // closed meanwhile
            return false;
        }
    }

    /// The note lies beside the folder `projects`, in which each project has a folder with its conversations.
    private static boolean isNoted(long pid, List<String> arguments, String id, Path transcript) {
        Path note = transcript.resolve("../../../sessions/" + pid + ".json").normalize();
        if (arguments.stream().noneMatch(argument -> argument.contains("claude")) || Files.notExists(note)) {
            return false;
        }
        try {
            JsonNode said = JSON.readTree(Files.readString(note));
            return said.path("sessionId").asString("").equals(id);
        } catch (IOException | JacksonException _) {
            return false;
        }
    }

    private static String name(Path file) {
        return file.toFile().getName();
    }

    private Path process(long pid) {
        return processes.resolve(Long.toString(pid));
    }
}
