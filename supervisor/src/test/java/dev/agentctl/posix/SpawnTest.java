package dev.agentctl.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SpawnTest {
    private static final int ENOENT = 2;
    private static final int SIGTERM = 15;

    private static int spawn(Arena arena, MemorySegment pid, String... command) {
        MemorySegment arguments = CLibrary.strings(arena, List.of(command));
        return Spawn.run(
                pid,
                arguments.getAtIndex(ValueLayout.ADDRESS, 0),
                MemorySegment.NULL,
                MemorySegment.NULL,
                arguments,
                CLibrary.strings(arena, List.of()));
    }

    @Test
    void whatIsStartedIsSignalledAndCollectedOnce() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            assertThat(spawn(arena, number, "/bin/sleep", "1000")).isZero();
            int pid = number.get(ValueLayout.JAVA_INT, 0);
            assertThat(Processes.kill(pid, SIGTERM)).isTrue();
            assertThat(Processes.collect(pid)).hasValue(SIGTERM);
            assertThat(Processes.collect(pid)).isEmpty();
            assertThat(Processes.kill(pid, SIGTERM)).isFalse();
        }
    }

    @Test
    void argumentsArriveAsTheyAre() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            assertThat(spawn(arena, number, "/bin/sh", "-c", "[ \"$#\" = 2 ] && exit \"${#1}\"", "name", "ab c", ""))
                    .isZero();
            assertThat(Processes.collect(number.get(ValueLayout.JAVA_INT, 0))).hasValue(4 << 8);
        }
    }

    @Test
    void whatIsNotThereIsToldAtOnce() {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(spawn(arena, arena.allocate(ValueLayout.JAVA_INT), "/nowhere"))
                    .isEqualTo(ENOENT);
        }
    }
}
