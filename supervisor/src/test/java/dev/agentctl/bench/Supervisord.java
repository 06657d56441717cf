package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// supervisord, from Debian's package.
final class Supervisord implements Keeper {
    private final BenchHome home = new BenchHome();
    private final Path configuration = home.file("supervisord.conf");

    Supervisord() throws IOException {}

    @Override
    public String name() {
        return "supervisord";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("""
                [unix_http_server]
                file = %1$s/s.sock
                [supervisord]
                logfile = %1$s/s.log
                pidfile = %1$s/s.pid
                childlogdir = %1$s/tmp
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                [supervisorctl]
                serverurl = unix://%1$s/s.sock
                """.formatted(home.path()));
        for (String child : Keeper.names(children)) {
            text.append("[program:").append(child).append("]\ncommand = ");
            text.append(String.join(" ", Keeper.named(command, child))).append("\nautorestart = true\n");
        }
        Files.writeString(configuration, text);
        home.run("supervisord", "-c", configuration.toString());
        Clock.await("supervisord runs all", () -> running() == children);
    }

    private long running() throws InterruptedException {
        try {
            return home.run(statusCommand().toArray(String[]::new))
                    .lines()
                    .filter(line -> line.contains("RUNNING"))
                    .count();
        } catch (IOException _) {
            // supervisorctl fails while some still start
            return 0;
        }
    }

    @Override
    public List<Long> daemons() throws IOException {
        return List.of(Long.parseLong(Files.readString(home.file("s.pid")).strip()));
    }

    @Override
    public List<String> statusCommand() {
        return List.of("supervisorctl", "-c", configuration.toString(), "status");
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
