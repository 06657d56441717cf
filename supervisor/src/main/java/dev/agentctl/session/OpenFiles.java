package dev.agentctl.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files that processes have open.
///
/// @param processes `/proc`
record OpenFiles(Path processes) {

    /// Those of a process and of all that it has started: in a sandbox the agent is a grandchild.
    List<Path> of(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> ofOne(process.pid()).stream())
                .toList();
    }

    private List<Path> ofOne(long pid) {
        Path folder = processes.resolve(Long.toString(pid)).resolve("fd");
        try (Stream<Path> open = Files.list(folder)) {
            return open.flatMap(OpenFiles::target).toList();
        } catch (IOException _) {
            // it has ended, or is another user's
            return List.of();
        }
    }

    private static Stream<Path> target(Path number) {
        try {
            return Stream.of(Files.readSymbolicLink(number));
        } catch (IOException _) {
            // closed meanwhile
            return Stream.empty();
        }
    }
}
