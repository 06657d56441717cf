package dev.agentctl.pty;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Spawn;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.Stream;

/// Starts a program on a terminal by posix_spawn(3), which copies nothing of this process.
///
/// A fork copies the tables of all its memory, and whatever the two then write is a fault for each page: that was the
/// larger half of the time between a child's end and the next child. Also what keeps a program from running is told,
/// where a fork had already given a process.
final class PosixSpawn {
    private static final short SET_DEFAULTS = 0x4;
    private static final short SET_MASK = 0x8;
    private static final short NEW_SESSION = 0x80;

    /// Room for any system's structures: glibc's take 80 and 336 bytes, its signal sets 128.
    private static final int ROOM = 512;

    private static final int SET_SIZE = 128;
    private static final int READ_AND_WRITE = 2;
    private static final int FIRST_TO_CLOSE = 3;

    private static final int ENOENT = 2;
    private static final int E2BIG = 7;
    private static final int ENOEXEC = 8;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;

    private PosixSpawn() {}

    /// With glibc since 2.34; elsewhere pty4j forks.
    static boolean isPossible() {
        return Possible.HERE;
    }

    private static final class Possible {
        static final boolean HERE = CLibrary.isLinux()
                && Stream.of("addchdir_np", "addclosefrom_np")
                        .allMatch(name -> CLibrary.has("posix_spawn_file_actions_" + name));
    }

    /// What it calls, made ready at the first start.
    private static final class Calls {
        static final MethodHandle BEGIN = call("posix_spawn_file_actions_init", "a");
        static final MethodHandle END = call("posix_spawn_file_actions_destroy", "a");
        static final MethodHandle CHANGE_FOLDER = call("posix_spawn_file_actions_addchdir_np", "aa");
        static final MethodHandle OPEN = call("posix_spawn_file_actions_addopen", "aiaii");
        static final MethodHandle DUPLICATE = call("posix_spawn_file_actions_adddup2", "aii");
        static final MethodHandle CLOSE_FROM = call("posix_spawn_file_actions_addclosefrom_np", "ai");
        static final MemorySegment ATTRIBUTES = attributes();

        /// @param parameters an `a` for each address, an `i` for each int
        private static MethodHandle call(String name, String parameters) {
            ValueLayout[] layouts = parameters
                    .chars()
                    .mapToObj(kind -> kind == 'a' ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT)
                    .toArray(ValueLayout[]::new);
            return CLibrary.plainCall(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
        }

        /// A session of its own, with no signal ignored or held back.
        private static MemorySegment attributes() {
            MethodHandle flags = CLibrary.plainCall(
                    "posix_spawnattr_setflags",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_SHORT));
            MethodHandle defaults = call("posix_spawnattr_setsigdefault", "aa");
            MemorySegment attributes = Arena.global().allocate(ROOM, 8);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment all = arena.allocate(SET_SIZE, 8).fill((byte) -1);
                // its mask is the empty set
                require((int) call("posix_spawnattr_init", "a").invokeExact(attributes));
                require((int) flags.invokeExact(attributes, (short) (SET_DEFAULTS | SET_MASK | NEW_SESSION)));
                require((int) defaults.invokeExact(attributes, all));
                return attributes;
            } catch (Throwable e) {
                throw CLibrary.unexpected(e);
            }
        }
    }

    /// Starts the program as the leader of a new session, whose terminal is the first that it opens.
    ///
    /// @param program its absolute path
    /// @param environment `NAME=value` each
    /// @return its process
    static int start(String program, String[] argv, String[] environment, String folder, String terminal)
            throws PtyStartException {
        int error;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment actions = arena.allocate(ROOM, 8);
            MemorySegment path = arena.allocateFrom(program);
            MemorySegment arguments = CLibrary.strings(arena, List.of(argv));
            MemorySegment assignments = CLibrary.strings(arena, List.of(environment));
            require((int) Calls.BEGIN.invokeExact(actions));
            try {
                addActions(actions, arena.allocateFrom(folder), arena.allocateFrom(terminal));
                error = Spawn.run(pid, path, actions, Calls.ATTRIBUTES, arguments, assignments);
            } finally {
                int _ = (int) Calls.END.invokeExact(actions);
            }
            if (error == 0) {
                return pid.get(ValueLayout.JAVA_INT, 0);
            }
        } catch (Throwable e) {
            throw CLibrary.unexpected(e);
        }
        throw new PtyStartException("cannot start " + program + ": " + reason(error), isPermanent(error));
    }

    private static void addActions(MemorySegment actions, MemorySegment folder, MemorySegment terminal)
            throws Throwable {
        require((int) Calls.CHANGE_FOLDER.invokeExact(actions, folder));
        require((int) Calls.OPEN.invokeExact(actions, 0, terminal, READ_AND_WRITE, 0));
        require((int) Calls.DUPLICATE.invokeExact(actions, 0, 1));
        require((int) Calls.DUPLICATE.invokeExact(actions, 0, 2));
        require((int) Calls.CLOSE_FROM.invokeExact(actions, FIRST_TO_CLOSE));
    }

    private static void require(int error) {
        if (error != 0) {
            throw new IllegalStateException("posix_spawn cannot be prepared: error " + error);
        }
    }

    private static boolean isPermanent(int error) {
        return error == ENOENT || error == E2BIG || error == ENOEXEC || error == EACCES;
    }

    private static String reason(int error) {
        return switch (error) {
            case ENOENT -> "it is gone, or the interpreter that it names is not there";
            case E2BIG -> "its arguments and its environment are too long";
            case ENOEXEC -> "this machine cannot run such a file; is its first line missing?";
            case EACCES -> "permission denied";
            case CLibrary.EAGAIN, ENOMEM -> "no more processes can be made; see ulimit -u and the free memory";
            default -> "error " + error;
        };
    }
}
