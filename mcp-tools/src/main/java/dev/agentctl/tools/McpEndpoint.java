package dev.agentctl.tools;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Offers the tools through the MCP SDK: the only place where the two meet.
final class McpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
    private static final String CALL = "call";
    private static final String CALLER = "caller";
    /// What clients put the id of a tool call under, the same when they repeat it: Claude Code, then Codex.
    private static final List<String> CALL_IDS = List.of("claudecode/toolUseId", "callId");
    private static final int LONGEST_CALL_ID = 200;

    private final HttpServletStreamableServerTransportProvider transport;
    private final OpenCalls calls;
    private final Pace pace;

    /// @param instructions to every client, about all tools together
    McpEndpoint(
            McpJsonMapper mapper,
            List<Tool> tools,
            String instructions,
            ToolNames names,
            OpenCalls calls,
            Pace pace,
            Extras extras) {
        this.calls = calls;
        this.pace = pace;
        DaemonThreads.use();
        this.transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(mapper)
                .mcpEndpoint(ToolServer.MCP_PATH)
                .maxRequestSize(McpFilter.MOST_BYTES)
                .contextExtractor(McpEndpoint::context)
                // our comments find dead clients sooner than a ping would
                .keepAliveInterval(null)
                .sessionSweepInterval(pace.sweep())
                .build();
        SyncSpecification<?> server = McpServer.sync(transport)
                .jsonMapper(mapper)
                .serverInfo("agentctl", version())
                .instructions(instructions)
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                // each request has a virtual thread of its own; the SDK's own pool would serve 20 waits and no more
                .immediateExecution(true)
                // Arguments does it, in words that say what to change, and without logging what was sent
                .validateToolInputs(false)
                .addToolFilter((context, tool) -> isVisible(context, tool.name(), tools, names))
                .tools(tools.stream().map(tool -> specification(tool, names)).toList());
        extras.addition().accept(server);
        var _ = server.build();
    }

    HttpServlet servlet() {
        return transport;
    }

    List<String> protocolVersions() {
        return transport.protocolVersions();
    }

    private static String version() {
        Package jar = McpEndpoint.class.getPackage();
        return Optional.ofNullable(jar == null ? null : jar.getImplementationVersion())
                .orElse("development");
    }

    private static McpTransportContext context(HttpServletRequest request) {
        Caller caller = AccessFilter.caller(request);
        Optional<OpenCall> call = McpFilter.openCall(request);
        return McpTransportContext.create(
                call.isPresent() ? Map.of(CALLER, caller, CALL, call.get()) : Map.of(CALLER, caller));
    }

    /// What a caller may not use is not shown to it.
    private static boolean isVisible(McpTransportContext context, String name, List<Tool> tools, ToolNames names) {
        return context.get(CALLER) instanceof Caller caller
                && tools.stream()
                        .filter(tool -> names.of(tool.contract().name()).equals(name))
                        .allMatch(tool -> tool.isFor(caller));
    }

    private SyncToolSpecification specification(Tool tool, ToolNames names) {
        Contract contract = tool.contract();
        McpSchema.ToolAnnotations annotations = McpSchema.ToolAnnotations.builder()
                .title(contract.title())
                .readOnlyHint(contract.effect().readOnly())
                .destructiveHint(contract.effect().destructive())
                .idempotentHint(contract.effect().idempotent())
                .openWorldHint(false)
                .build();
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(names.of(contract.name()), contract.schema(names))
                        .outputSchema(contract.outputSchema(names))
                        .title(contract.title())
                        .description(contract.description())
                        .annotations(annotations)
                        .build())
                .callHandler((exchange, request) -> result(run(tool, names, exchange, request)))
                .build();
    }

    private static McpSchema.CallToolResult result(Outcome outcome) {
        McpSchema.CallToolResult.Builder result = McpSchema.CallToolResult.builder()
                .addTextContent(outcome.text())
                .isError(outcome instanceof Outcome.Failed);
        return outcome.fields().isEmpty()
                ? result.build()
                : result.structuredContent(outcome.fields()).build();
    }

    private Outcome run(Tool tool, ToolNames names, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        if (!(exchange.transportContext().get(CALL) instanceof OpenCall open)) {
            throw new IllegalStateException("a tool call did not pass the filter");
        }
        ToolCall call = new ToolCall(
                open, key(open, request.meta()), calls.waiting(), progress(exchange, request), pace.progress());
        Map<String, Object> given = request.arguments() == null ? Map.of() : request.arguments();
        return switch (Arguments.read(tool.contract(), names, given)) {
            case Arguments.Reading.Bad(var complaint) -> new Outcome.Failed("nothing was done: " + complaint);
            case Arguments.Reading.Good(var arguments) -> run(tool, call, arguments);
        };
    }

    private static Outcome run(Tool tool, ToolCall call, Arguments arguments) {
        try {
            return tool.call(call, arguments);
        } catch (ExecutionException failed) {
            return failure(tool, call, failed.getCause());
        } catch (RuntimeException failed) {
            return failure(tool, call, failed);
        }
    }

    private static Outcome failure(Tool tool, ToolCall call, @Nullable Throwable cause) {
        if (cause instanceof OperatorUnavailable unavailable) {
            return new Outcome.Failed(
                    String.valueOf(unavailable.getMessage()).lines().findFirst().orElse(""));
        }
        // neither its message nor its trace: they may quote what the agent or the operator wrote
        String kind = cause == null ? "nothing" : cause.getClass().getName();
        LOG.warn("{} of {} failed: {}", tool.contract().name(), call.caller().session(), kind);
        return new Outcome.Failed(
                "the supervisor failed; it may not have been stored: call again, or carry on without");
    }

    private static String key(OpenCall open, @Nullable Map<String, Object> meta) {
        if (meta != null) {
            for (String name : CALL_IDS) {
                if (meta.get(name) instanceof String id && !id.isBlank() && id.length() <= LONGEST_CALL_ID) {
                    return id;
                }
            }
        }
        return open.name();
    }

    private static ProgressSink progress(McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        Object token = request.progressToken();
        return token == null
                ? ProgressSink.NONE
                : (seconds, message) ->
                        exchange.progressNotification(McpSchema.ProgressNotification.builder(token, seconds)
                                .message(message)
                                .build());
    }
}
