package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What agents are told about the tools. Agents' users write these names into their prompts.
class ContractTest {
    /// A change here is a change for every agent: look at the difference, then make the file say the same.
    @Test
    void toolsAreListedAsInTheSnapshot() throws IOException, InterruptedException {
        try (RunningServer running = new RunningServer();
                InputStream snapshot =
                        Objects.requireNonNull(ContractTest.class.getResourceAsStream("tools-list.json"))) {
            String listed = running.raw("token-a")
                    .initialized()
                    .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                    .body();
            String data = listed.lines()
                    .filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("data: ".length());
            assertThat(new JsonMapper().readTree(data).get("result").toPrettyString() + "\n")
                    .isEqualTo(new String(snapshot.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void codexWithoutApprovalsMayCallEveryTool() throws IOException {
        try (RunningServer running = new RunningServer()) {
            McpSyncClient client = running.client("token-a");
            assertThat(client.listTools().tools()).hasSize(13).allSatisfy(tool -> {
                McpSchema.ToolAnnotations hints = tool.annotations();
                assertThat(hints.readOnlyHint()).isNotNull();
                assertThat(hints.destructiveHint()).isFalse();
                assertThat(hints.idempotentHint()).isNotNull();
                assertThat(hints.openWorldHint()).isFalse();
                assertThat(tool.outputSchema()).containsEntry("type", "object");
                assertThat(tool.name()).matches("[a-z]+(_[a-z]+)*");
                assertThat(tool.description()).hasSizeBetween(80, 600);
            });
        }
    }

    /// Their users have these in prompts and permission rules.
    @Test
    void theTelegramPrefixGivesTheNamesAndArgumentsOfTheOtherServers() throws IOException {
        try (RunningServer running = new RunningServer(Pace.USUAL, "telegram_")) {
            Map<String, Object> tools = new TreeMap<>();
            for (McpSchema.Tool tool : running.client("token-c").listTools().tools()) {
                tools.put(
                        tool.name(),
                        ((Map<?, ?>) Objects.requireNonNull(tool.inputSchema().get("properties"))).keySet());
            }
            assertThat(tools)
                    .isEqualTo(new TreeMap<String, Object>(Map.of(
                            "telegram_notify", Set.of("event", "summary", "details"),
                            "telegram_prompt", Set.of("question", "context", "options", "timeout", "wait"),
                            "telegram_poll", Set.of("correlation_id", "wait"),
                            "telegram_wait_reply", Set.of("max_wait"),
                            "telegram_unattended_mode", Set.of("current_status", "max_wait"),
                            "telegram_send", Set.of("message"),
                            "telegram_send_code", Set.of("code", "language", "caption"),
                            "telegram_send_image", Set.of("image_path", "caption"),
                            "telegram_send_file", Set.of("file_path", "caption"),
                            "telegram_get_context_info", Set.of("token_used", "token_total"))));
        }
    }

    @Test
    void aPrefixIsUsedInTextsToo() {
        List<Tool> tools = Tool.all(new RecordingOperator(), Neighbours.NONE, new ToolNames("telegram_"));
        assertThat(tools)
                .extracting(tool -> tool.contract().description())
                .anySatisfy(text -> assertThat(text).contains("telegram_poll"));
    }
}
