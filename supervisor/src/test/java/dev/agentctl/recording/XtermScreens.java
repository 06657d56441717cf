package dev.agentctl.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agentctl.terminal.Cell.Attribute;
import dev.agentctl.testkit.AgentClis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What xterm.js shows of a recording: `xterm-screens.mjs` plays it to `@xterm/headless`, which joins characters to
/// clusters as its own addon for that does.
final class XtermScreens {
    private static final JsonMapper JSON = JsonMapper.shared();

    private XtermScreens() {}

    static List<ShownScreen> of(Recording recording) throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        AgentClis.node().toString(),
                        Path.of("src/test/agents/xterm-screens.mjs")
                                .toAbsolutePath()
                                .toString(),
                        AgentClis.modules().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(() -> send(recording, node));
        List<ShownScreen> screens = new ArrayList<>();
        try (var lines = node.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                screens.add(screen(JSON.readTree(line)));
            }
        }
        if (node.waitFor() != 0) {
            throw new IOException("xterm-screens.mjs failed on " + recording.name() + ", see its message above");
        }
        return screens;
    }

    private static void send(Recording recording, Process node) {
        try (OutputStream out = node.getOutputStream()) {
            out.write(recording.withoutQueries().lines().getBytes(UTF_8));
        } catch (IOException _) {
            // it has ended, and its exit status tells
        }
    }

    private static ShownScreen screen(JsonNode screen) {
        List<List<ShownCell>> rows = new ArrayList<>();
        for (JsonNode runs : screen.path("rows")) {
            List<ShownCell> cells = new ArrayList<>();
            for (JsonNode run : runs) {
                int foreground = run.path(0).asInt();
                int background = run.path(1).asInt();
                Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
                run.path(2).forEach(name -> attributes.add(Attribute.valueOf(name.asString())));
                for (JsonNode text : run.path(3)) {
                    cells.add(new ShownCell(text.asString(), foreground, background, attributes));
                }
            }
            rows.add(List.copyOf(cells));
        }
        return new ShownScreen(screen.path("label").asString(), rows);
    }
}
