package dev.agentctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// pm2, from npm.
final class Pm2 implements Keeper {
    private final Path program;
    private final BenchHome home = new BenchHome();

    Pm2(Path program) throws IOException {
        this.program = program;
        home.set("PM2_HOME", home.file("pm2"));
    }

    @Override
    public String name() {
        return "pm2";
    }

    @Override
    public BenchHome home() {
        return home;
    }

    @Override
    public void start(int children, List<String> command) throws IOException, InterruptedException {
        JsonMapper json = JsonMapper.shared();
        ObjectNode file = json.createObjectNode();
        ArrayNode apps = file.putArray("apps");
        for (String child : Keeper.names(children)) {
            List<String> argv = Keeper.named(command, child);
            ObjectNode app = apps.addObject().put("name", child).put("script", argv.getFirst());
            app.put("interpreter", "none").put("cwd", home.path().toString());
            argv.stream().skip(1).forEach(app.withArray("args")::add);
        }
        Path configuration = home.file("apps.json");
        Files.writeString(configuration, file.toString());
        home.run(program.toString(), "start", configuration.toString());
    }

    @Override
    public List<Long> daemons() throws IOException {
        return List.of(Long.parseLong(Files.readString(home.file("pm2/pm2.pid")).strip()));
    }

    @Override
    public List<String> statusCommand() {
        return List.of(program.toString(), "ls");
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
