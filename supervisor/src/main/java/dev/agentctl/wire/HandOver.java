package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/// What a role's program leaves to the one that takes its place in the same process: a file, and descriptors that stay
/// open.
///
/// @param predecessor the command line of the one that goes, to which a failed successor goes back
/// @param lock the descriptor by which the process holds the role's lock
/// @param others the descriptors that `state` speaks of
/// @param state the role's own
public record HandOver(List<String> predecessor, int lock, Set<Integer> others, byte[] state) {
    private static final int MAGIC = 0x61637431;
    /// Of this file; the state has its own.
    private static final int FORMAT = 1;

    private static final String CHECK = "--check";
    private static final String ADOPT = "--adopt";
    private static final String REVIVE = "--revive";
    private static final String DIED = "its process ended before it had taken over; see the log";

    /// What a role's main was asked for.
    public sealed interface Task {
        /// To begin from nothing.
        record Begin() implements Task {}

        /// To say whether it could take over what the file says.
        record Check(Path file) implements Task {}

        /// To take over.
        ///
        /// @param problem why the successor failed, where this is the predecessor again; else empty
        /// @param guard the descriptor that keeps a [Guard] standing by; -1 where there is none
        record Adopt(Path file, String problem, int guard) implements Task {}

        /// To go on in another process than the one whose children they were, which has ended.
        record Revive(Adopt adopt) implements Task {}
    }

    /// What these arguments of a main ask for.
    public static Task task(String[] arguments) {
        if (arguments.length < 2) {
            return new Task.Begin();
        }
        Path file = Path.of(arguments[1]);
        String problem = arguments.length > 2 ? arguments[2] : "";
        return switch (arguments[0]) {
            case CHECK -> new Task.Check(file);
            case REVIVE -> new Task.Revive(new Task.Adopt(file, problem, -1));
            default -> new Task.Adopt(file, problem, arguments.length > 3 ? Integer.parseInt(arguments[3]) : -1);
        };
    }

    static List<String> checkCommand(List<String> command, Path file) {
        return with(command, CHECK, file.toString());
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    /// This process's own command line without such arguments.
    ///
    /// @param mainClass its last word but for them
    public static List<String> ownCommand(String mainClass) throws IOException {
        List<String> all = Exec.ownCommand();
        int main = all.lastIndexOf(mainClass);
        return main < 0 ? all : all.subList(0, main + 1);
    }

    /// Lets a program take over, and does not return. A [Guard] stands by until it has.
    ///
    /// @param file where this is written
    /// @throws IOException if the kernel refuses to run it; then nothing has happened
    public void become(List<String> command, Path file) throws IOException {
        try (Guard guard = Guard.post(with(predecessor, REVIVE, file.toString(), DIED), file, others)) {
            int standing = guard.descriptor();
            Exec.run(with(command, ADOPT, file.toString(), "", Integer.toString(standing)), kept(standing));
        }
    }

    /// The same with the predecessor, for a successor that cannot do it.
    ///
    /// @param problem why not
    /// @param guard as the successor was given it
    public void goBack(Path file, String problem, int guard) throws IOException {
        Exec.run(with(predecessor, ADOPT, file.toString(), problem, Integer.toString(guard)), kept(guard));
    }

    private Set<Integer> kept(int guard) {
        Set<Integer> kept = new HashSet<>(others);
        kept.add(lock);
        kept.add(guard);
        return kept;
    }

    public void write(Path file) throws IOException {
        Encoder out = new Encoder().strings(predecessor).i32(lock).i32(others.size());
        others.forEach(out::i32);
        byte[] body = out.bytes(state).toBytes();
        byte[] whole = new Encoder()
                .i32(MAGIC)
                .i32(FORMAT)
                .i64(checksum(body))
                .bytes(body)
                .toBytes();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, whole, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// What a program of a role has left.
    ///
    /// @throws IOException in one line, where the file is none of ours, damaged, or of another format
    public static HandOver read(Path file) throws IOException {
        Decoder whole = new Decoder(Files.readAllBytes(file));
        int magic = whole.i32();
        int format = whole.i32();
        if (magic != MAGIC || format != FORMAT) {
            throw new IOException("the hand-over " + file + " has format " + format + ", this version reads " + FORMAT);
        }
        long sum = whole.i64();
        byte[] body = whole.bytes();
        if (sum != checksum(body)) {
            throw new IOException("the hand-over " + file + " is damaged");
        }
        Decoder in = new Decoder(body);
        List<String> predecessor = in.strings();
        int lock = in.i32();
        Set<Integer> others = new HashSet<>();
        for (int left = in.count(); left > 0; left--) {
            others.add(in.i32());
        }
        return new HandOver(predecessor, lock, others, in.bytes());
    }

    private static long checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
