package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
            assertThat(client.listTools().tools()).hasSize(5).allSatisfy(tool -> {
                McpSchema.ToolAnnotations hints = tool.annotations();
                assertThat(hints.readOnlyHint()).isNotNull();
                assertThat(hints.destructiveHint()).isFalse();
                assertThat(hints.idempotentHint()).isNotNull();
                assertThat(hints.openWorldHint()).isFalse();
                assertThat(tool.outputSchema()).isNull();
                assertThat(tool.name()).matches("[a-z]+(_[a-z]+)*");
                assertThat(tool.description()).hasSizeBetween(80, 600);
            });
        }
    }

    @Test
    void aPrefixIsUsedInTextsToo() {
        List<Tool> tools = Tool.all(new RecordingOperator(), new ToolNames("telegram_"));
        assertThat(tools)
                .extracting(tool -> tool.contract().description())
                .anySatisfy(text -> assertThat(text).contains("telegram_poll"));
    }
}
