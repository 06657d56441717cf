package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official Inspector's command line against our server, over HTTP with a bearer token and over the stdio bridge.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InspectorTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path AGENTS = ROOT.resolve(".build/agents");
    private static final Path INSPECTOR =
            AGENTS.resolve("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");
    /// The Inspector's exit code where it would have to log in first.
    private static final int AUTH_REQUIRED = 3;

    @TempDir
    Path home;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException {
        assertThat(INSPECTOR).as("scripts/install-test-agents puts it there").exists();
        running = new RunningServer();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    /// What a run came to.
    private record Run(int code, String out, String err) {
        JsonNode json() {
            assertThat(code).as("%s%s", out, err).isZero();
            return new JsonMapper().readTree(out);
        }

        /// What a tool answered, in its fields.
        JsonNode fields() {
            return json().path("structuredContent");
        }
    }

    private Run http(String token, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "http://127.0.0.1:" + running.server.port() + "/mcp",
                "--transport",
                "http",
                "--header",
                "Authorization: Bearer " + token));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private Run run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(AGENTS.resolve("node").toString(), INSPECTOR.toString(), "--cli"));
        command.addAll(arguments);
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("the Inspector ends")
                .isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void everyToolIsListedWithItsHintsAndPortableSchemas() throws IOException, InterruptedException {
        Run list = http("token-a", "--method", "tools/list", "--strict");
        JsonNode tools = list.json().path("tools");
        assertThat(tools.size()).isEqualTo(13);
        for (JsonNode tool : tools) {
            String name = tool.path("name").asString("");
            for (String hint : List.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")) {
                assertThat(tool.path("annotations").path(hint).isBoolean())
                        .as("%s of %s", hint, name)
                        .isTrue();
            }
            assertThat(tool.path("inputSchema").path("type").asString(""))
                    .as(name)
                    .isEqualTo("object");
            assertThat(tool.path("outputSchema").path("type").asString(""))
                    .as(name)
                    .isEqualTo("object");
        }
        assertThat(http("token-z", "--method", "tools/list").code()).isEqualTo(AUTH_REQUIRED);
    }

    @Test
    void aNoticeAndAQuestionGoThrough() throws IOException, InterruptedException {
        Run told = http(
                "token-a",
                "--method",
                "tools/call",
                "--tool-name",
                "notify",
                "--tool-arg",
                "event=done",
                "--tool-arg",
                "summary=all green");
        assertThat(told.fields().path("status").asString("")).isEqualTo("stored");
        assertThat(running.operator.told.getFirst().notice().summary()).isEqualTo("all green");

        Run asked = http(
                "token-a",
                "--method",
                "tools/call",
                "--tool-name",
                "ask",
                "--tool-arg",
                "question=Which?",
                "--tool-arg",
                "wait=false");
        String id = asked.fields().path("id").asString("");
        assertThat(poll(id).path("status").asString("")).isEqualTo("pending");
        running.operator.answer(id, "red");
        assertThat(poll(id).path("answer").asString("")).isEqualTo("red");
    }

    private JsonNode poll(String id) throws IOException, InterruptedException {
        return http("token-a", "--method", "tools/call", "--tool-name", "poll", "--tool-arg", "id=" + id)
                .fields();
    }

    @Test
    void theBridgeServesItToo() throws IOException, InterruptedException {
        Path access = home.resolve("access");
        Files.writeString(access, running.server.port() + " token-a\n");
        Run told = run(List.of(
                ROOT.resolve("scripts/mcp-bridge").toString(),
                "cat",
                access.toString(),
                "--transport",
                "stdio",
                "--method",
                "tools/call",
                "--tool-name",
                "notify",
                "--tool-arg",
                "event=done",
                "--tool-arg",
                "summary=ok"));
        assertThat(told.fields().path("status").asString("")).isEqualTo("stored");
    }
}
