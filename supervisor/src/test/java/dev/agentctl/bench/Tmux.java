package dev.agentctl.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// tmux with a server of its own and no configuration.
final class Tmux implements Keeper {
    private final BenchHome home = new BenchHome();

    Tmux() throws IOException {}

    @Override
    public String name() {
        return "tmux";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    List<String> command(String... words) {
        List<String> command =
                new ArrayList<>(List.of("tmux", "-S", home.file("t.sock").toString(), "-f", "/dev/null"));
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        for (String child : Keeper.names(children)) {
            List<String> words = command("new-session", "-d", "-s", child, "-x", "120", "-y", "40");
            words.addAll(Keeper.named(command, child));
            home.run(words.toArray(String[]::new));
        }
    }

    @Override
    public List<Long> daemons() throws IOException, InterruptedException {
        return List.of(Long.parseLong(
                home.run(command("display-message", "-p", "#{pid}").toArray(String[]::new))
                        .strip()));
    }

    @Override
    public List<String> statusCommand() {
        return command("ls");
    }

    @Override
    public List<String> attachCommand(String child) {
        return command("attach", "-t", child);
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
