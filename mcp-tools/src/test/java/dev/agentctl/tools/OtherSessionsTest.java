package dev.agentctl.tools;

import static dev.agentctl.tools.RunningServer.call;
import static dev.agentctl.tools.RunningServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How agents reach agents, and when they do not.
class OtherSessionsTest {
    private static final List<String> TOOLS = List.of("list_sessions", "send_to_session", "read_session");

    @Test
    void whereItIsAllowedAnAgentSeesAndWritesToOthers() throws IOException {
        try (RunningServer running = new RunningServer()) {
            McpSyncClient client = running.client("token-a");
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsAll(TOOLS);
            assertThat(text(client.callTool(call("list_sessions", Map.of()))))
                    .isEqualTo("project-b: idle (codex in /src/project-b)");
            assertThat(text(client.callTool(call("read_session", Map.of("session", "project-b")))))
                    .isEqualTo("screen of project-b");
            assertThat(text(client.callTool(
                            call("send_to_session", Map.of("session", "project-b", "message", "your turn")))))
                    .startsWith("stored");
            assertThat(running.neighbours.sent).singleElement().satisfies(sent -> {
                assertThat(sent.caller()).isEqualTo(new Caller("project-a", 1));
                assertThat(sent.text()).isEqualTo("your turn");
            });
        }
    }

    @Test
    void whereItIsNotAllowedTheToolsAreNeitherShownNorServed() throws IOException {
        try (RunningServer running = new RunningServer()) {
            McpSyncClient client = running.client("token-c");
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .doesNotContainAnyElementsOf(TOOLS);
            for (McpSchema.CallToolRequest request : List.of(
                    call("list_sessions", Map.of()),
                    call("read_session", Map.of("session", "project-a")),
                    call("send_to_session", Map.of("session", "project-a", "message", "let me in")))) {
                McpSchema.CallToolResult result = client.callTool(request);
                assertThat(result.isError()).isTrue();
                assertThat(text(result)).contains("may not see others");
            }
            assertThat(running.neighbours.sent).isEmpty();
        }
    }

    @Test
    void aSessionThatMayNotBeSeenIsUnknown() throws IOException {
        try (RunningServer running = new RunningServer()) {
            McpSyncClient client = running.client("token-a");
            for (String session : List.of("project-c", "project-a", "nobody")) {
                assertThat(text(client.callTool(call("read_session", Map.of("session", session)))))
                        .contains("there is no session " + session);
                assertThat(text(client.callTool(call("send_to_session", Map.of("session", session, "message", "x")))))
                        .contains("there is no session " + session);
            }
        }
    }
}
