package dev.agentctl.tools;

import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/// What the official conformance suite expects a server to offer, so that it can see it through our filter and on our
/// container. The names and texts are the suite's.
@SuppressWarnings("deprecation") // the suite still wants what the newest revision deprecates
final class ConformanceFixtures {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String SOUND = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==";

    private ConformanceFixtures() {}

    static void addTo(SyncSpecification<?> server) {
        server.capabilities(McpSchema.ServerCapabilities.builder()
                        .completions()
                        .logging()
                        .resources(true, false)
                        .tools(false)
                        .prompts(false)
                        .build())
                .tools(tools())
                .prompts(prompts())
                .resources(resources())
                .resourceTemplates(template())
                .completions(new SyncCompletionSpecification(
                        new McpSchema.PromptReference("test_prompt_with_arguments"),
                        (_, _) -> new McpSchema.CompleteResult(
                                new McpSchema.CompleteResult.CompleteCompletion(List.of(), 0, false))));
    }

    private static List<SyncToolSpecification> tools() {
        return List.of(
                tool("test_simple_text", Map.of(), (_, _) -> text("This is a simple text response for testing.")),
                tool("test_image_content", Map.of(), (_, _) -> List.of(picture())),
                tool(
                        "test_audio_content",
                        Map.of(),
                        (_, _) -> List.of(McpSchema.AudioContent.builder(SOUND, "audio/wav")
                                .build())),
                tool(
                        "test_embedded_resource",
                        Map.of(),
                        (_, _) -> List.of(embedded(
                                "test://embedded-resource", "This is an embedded resource content.", "text/plain"))),
                tool(
                        "test_multiple_content_types",
                        Map.of(),
                        (_, _) -> List.of(
                                words("Multiple content types test:"),
                                picture(),
                                embedded(
                                        "test://mixed-content-resource",
                                        "{\"test\":\"data\",\"value\":123}",
                                        "application/json"))),
                tool("test_tool_with_logging", Map.of(), ConformanceFixtures::log),
                tool("test_tool_with_progress", Map.of(), ConformanceFixtures::progress),
                failing(),
                tool("test_sampling", Map.of("prompt", Map.of("type", "string")), ConformanceFixtures::sample),
                tool(
                        "test_elicitation",
                        Map.of("message", Map.of("type", "string")),
                        (exchange, request) -> elicit(
                                exchange,
                                argument(request, "message"),
                                Map.of(
                                        "username", Map.of("type", "string", "description", "User's response"),
                                        "email", Map.of("type", "string", "description", "User's email address")))),
                tool(
                        "test_elicitation_sep1034_defaults",
                        Map.of(),
                        (exchange, _) ->
                                elicit(exchange, "Please review and update the form fields with defaults", defaults())),
                tool(
                        "test_elicitation_sep1330_enums",
                        Map.of(),
                        (exchange, _) -> elicit(exchange, "Please select options from the enum fields", enums())),
                tool("test_reconnection", Map.of(), (_, _) -> text("Reconnection test completed successfully.")),
                dialect());
    }

    private static SyncToolSpecification tool(
            String name,
            Map<String, Object> properties,
            BiFunction<McpSyncServerExchange, CallToolRequest, List<Content>> result) {
        Map<String, Object> schema = Map.of("type", "object", "properties", properties);
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(name, schema)
                        .description("A fixture of the conformance suite")
                        .build())
                .callHandler((exchange, request) -> McpSchema.CallToolResult.builder()
                        .content(result.apply(exchange, request))
                        .isError(false)
                        .build())
                .build();
    }

    private static SyncToolSpecification failing() {
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder("test_error_handling", Map.of("type", "object"))
                        .description("A fixture of the conformance suite")
                        .build())
                .callHandler((_, _) -> McpSchema.CallToolResult.builder()
                        .addTextContent("This tool intentionally returns an error for testing")
                        .isError(true)
                        .build())
                .build();
    }

    private static SyncToolSpecification dialect() {
        Map<String, Object> address = Map.of(
                "type",
                "object",
                "properties",
                Map.of("street", Map.of("type", "string"), "city", Map.of("type", "string")));
        Map<String, Object> schema = Map.of(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "type",
                "object",
                "$defs",
                Map.of("address", address),
                "properties",
                Map.of("name", Map.of("type", "string"), "address", Map.of("$ref", "#/$defs/address")),
                "additionalProperties",
                false);
        return SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder("json_schema_2020_12_tool", schema)
                        .description("A fixture of the conformance suite")
                        .build())
                .callHandler((_, _) ->
                        McpSchema.CallToolResult.builder().addTextContent("ok").build())
                .build();
    }

    private static List<Content> log(McpSyncServerExchange exchange, CallToolRequest request) {
        for (String line : List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
            exchange.loggingNotification(McpSchema.LoggingMessageNotification.builder(McpSchema.LoggingLevel.INFO, line)
                    .build());
        }
        return text("Tool with logging executed successfully");
    }

    private static List<Content> progress(McpSyncServerExchange exchange, CallToolRequest request) {
        Object token = Objects.requireNonNullElse(request.progressToken(), "none");
        for (double done : new double[] {0, 50, 100}) {
            exchange.progressNotification(McpSchema.ProgressNotification.builder(token, done)
                    .total(100.0)
                    .build());
        }
        return text("Tool with progress executed successfully");
    }

    private static List<Content> sample(McpSyncServerExchange exchange, CallToolRequest request) {
        McpSchema.SamplingMessage message = McpSchema.SamplingMessage.builder(
                        Role.USER, words(argument(request, "prompt")))
                .build();
        McpSchema.CreateMessageResult result = exchange.createMessage(
                McpSchema.CreateMessageRequest.builder(List.of(message), 100).build());
        return text("LLM response: " + ((McpSchema.TextContent) result.content()).text());
    }

    private static List<Content> elicit(McpSyncServerExchange exchange, String words, Map<String, Object> fields) {
        Map<String, Object> schema =
                Map.of("type", "object", "properties", fields, "required", List.copyOf(fields.keySet()));
        McpSchema.ElicitResult result = exchange.createElicitation(
                McpSchema.ElicitRequest.builder(words, schema).build());
        return text("Elicitation completed: action=" + result.action() + ", content=" + result.content());
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                "name", Map.of("type", "string", "default", "John Doe"),
                "age", Map.of("type", "integer", "default", 30),
                "score", Map.of("type", "number", "default", 95.5),
                "status",
                        Map.of("type", "string", "enum", List.of("active", "inactive", "pending"), "default", "active"),
                "verified", Map.of("type", "boolean", "default", true));
    }

    private static Map<String, Object> enums() {
        List<String> plain = List.of("option1", "option2", "option3");
        return Map.of(
                "untitledSingle",
                Map.of("type", "string", "enum", plain),
                "titledSingle",
                Map.of("type", "string", "oneOf", titled("Option")),
                "legacyEnum",
                Map.of(
                        "type", "string",
                        "enum", List.of("opt1", "opt2", "opt3"),
                        "enumNames", List.of("Option One", "Option Two", "Option Three")),
                "untitledMulti",
                Map.of("type", "array", "items", Map.of("type", "string", "enum", plain)),
                "titledMulti",
                Map.of("type", "array", "items", Map.of("anyOf", titled("Choice"))));
    }

    private static List<Map<String, String>> titled(String word) {
        return List.of(
                Map.of("const", "value1", "title", "First " + word),
                Map.of("const", "value2", "title", "Second " + word),
                Map.of("const", "value3", "title", "Third " + word));
    }

    private static List<SyncPromptSpecification> prompts() {
        return List.of(
                prompt("test_simple_prompt", List.of(), _ -> List.of(words("This is a simple prompt for testing."))),
                prompt(
                        "test_prompt_with_arguments",
                        List.of("arg1", "arg2"),
                        given -> List.of(words("Prompt with arguments: arg1='" + given.get("arg1") + "', arg2='"
                                + given.get("arg2") + "'"))),
                prompt(
                        "test_prompt_with_embedded_resource",
                        List.of("resourceUri"),
                        given -> List.of(
                                embedded(
                                        String.valueOf(given.get("resourceUri")),
                                        "Embedded resource content for testing.",
                                        "text/plain"),
                                words("Please process the embedded resource above."))),
                prompt(
                        "test_prompt_with_image",
                        List.of(),
                        _ -> List.of(picture(), words("Please analyze the image above."))));
    }

    private static SyncPromptSpecification prompt(
            String name,
            List<String> arguments,
            java.util.function.Function<Map<String, Object>, List<Content>> contents) {
        List<McpSchema.PromptArgument> known = arguments.stream()
                .map(argument -> McpSchema.PromptArgument.builder(argument)
                        .required(true)
                        .build())
                .toList();
        return new SyncPromptSpecification(
                McpSchema.Prompt.builder(name)
                        .description("A fixture")
                        .arguments(known)
                        .build(),
                (_, request) -> McpSchema.GetPromptResult.builder(
                                contents.apply(Objects.requireNonNullElse(request.arguments(), Map.of())).stream()
                                        .map(content -> McpSchema.PromptMessage.builder(Role.USER, content)
                                                .build())
                                        .toList())
                        .build());
    }

    private static List<SyncResourceSpecification> resources() {
        return List.of(
                resource(
                        "test://static-text",
                        "text/plain",
                        McpSchema.TextResourceContents.builder(
                                        "test://static-text", "This is the content of the static text resource.")
                                .mimeType("text/plain")
                                .build()),
                resource(
                        "test://static-binary",
                        "image/png",
                        McpSchema.BlobResourceContents.builder("test://static-binary", PIXEL)
                                .mimeType("image/png")
                                .build()),
                resource(
                        "test://watched-resource",
                        "text/plain",
                        McpSchema.TextResourceContents.builder("test://watched-resource", "This is a watched resource.")
                                .mimeType("text/plain")
                                .build()));
    }

    private static SyncResourceSpecification resource(String uri, String type, McpSchema.ResourceContents contents) {
        return new SyncResourceSpecification(
                McpSchema.Resource.builder(uri, uri)
                        .description("A fixture")
                        .mimeType(type)
                        .build(),
                (_, _) ->
                        McpSchema.ReadResourceResult.builder(List.of(contents)).build());
    }

    private static SyncResourceTemplateSpecification template() {
        return new SyncResourceTemplateSpecification(
                McpSchema.ResourceTemplate.builder("test://template/{id}/data", "Template")
                        .description("A fixture")
                        .mimeType("application/json")
                        .build(),
                (_, request) -> {
                    String id = request.uri().replaceAll("test://template/(.+)/data", "$1");
                    String json = "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}";
                    return McpSchema.ReadResourceResult.builder(
                                    List.of(McpSchema.TextResourceContents.builder(request.uri(), json)
                                            .mimeType("application/json")
                                            .build()))
                            .build();
                });
    }

    private static String argument(CallToolRequest request, String name) {
        return String.valueOf(Objects.requireNonNullElse(request.arguments(), Map.<String, Object>of())
                .get(name));
    }

    private static List<Content> text(String words) {
        return List.of(words(words));
    }

    private static McpSchema.TextContent words(String words) {
        return McpSchema.TextContent.builder(words).build();
    }

    private static Content picture() {
        return McpSchema.ImageContent.builder(PIXEL, "image/png").build();
    }

    private static Content embedded(String uri, String text, String type) {
        return McpSchema.EmbeddedResource.builder(McpSchema.TextResourceContents.builder(uri, text)
                        .mimeType(type)
                        .build())
                .build();
    }
}
