package dev.agentctl.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// A program that keeps children alive or holds their terminals: ours or a peer, in a home of its own.
interface Keeper extends AutoCloseable {
    /// Stands for the child's name in its command.
    String NAME = "{name}";

    String name();

    BenchHome home();

    /// Starts the daemon and so many children. Returns when all were started, as far as the daemon tells.
    void start(int children, List<String> command) throws IOException, InterruptedException;

    /// Its own processes, without the children.
    List<Long> daemons() throws IOException, InterruptedException;

    /// The command that shows how the children are.
    List<String> statusCommand();

    /// The command that shows a child's terminal in one's own; empty where there are no terminals.
    default List<String> attachCommand(String child) {
        return List.of();
    }

    @Override
    void close() throws IOException;

    /// Makes one.
    @FunctionalInterface
    interface Maker {
        Keeper make() throws IOException;
    }

    static List<String> names(int children) {
        return IntStream.range(0, children).mapToObj(i -> "c" + i).toList();
    }

    static List<String> named(List<String> command, String name) {
        return command.stream().map(word -> word.replace(NAME, name)).toList();
    }
}
