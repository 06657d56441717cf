package dev.agentctl.agent;

import dev.agentctl.agent.TranscriptEntry.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads the lines of agents' own conversation files: Claude Code's (`message` with content blocks, as measured on
/// 2.1.329), Codex's rollouts (`payload` with items of the Responses API, 0.169) and Gemini CLI's (`content` of
/// the line itself, 0.61). What is not part of the talk, and what is not understood, gives nothing. Pure.
public final class TranscriptReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// The arguments by which a tool's call is told in one line, the first that there is.
    private static final List<String> TELLING =
            List.of("command", "cmd", "file_path", "path", "pattern", "query", "url", "question", "description");

    private static final Set<String> GEMINI = Set.of("user", "gemini", "error");

    private TranscriptReader() {}

    /// The steps that a line tells, often none.
    public static List<TranscriptEntry> read(String line) {
        try {
            JsonNode root = JSON.readTree(line);
            Steps steps = new Steps(time(root));
            if (root.has("payload")) {
                codex(root, steps);
            } else if (!root.has("message") && GEMINI.contains(root.path("type").asString(""))) {
                gemini(root, steps);
            } else if (!root.path("isSidechain").asBoolean(false)
                    && !root.path("isMeta").asBoolean(false)) {
                claude(root, steps);
            }
            return steps.entries;
        } catch (JacksonException _) {
            // a line that is still being written, or no JSON
            return List.of();
        }
    }

    private static final class Steps {
        private final Optional<Instant> at;
        private final List<TranscriptEntry> entries = new ArrayList<>();

        Steps(Optional<Instant> at) {
            this.at = at;
        }

        void add(Kind kind, String text) {
            if (!text.isBlank()) {
                entries.add(new TranscriptEntry(at, kind, text.strip()));
            }
        }
    }

    private static Optional<Instant> time(JsonNode root) {
        try {
            return Optional.of(Instant.parse(root.path("timestamp").asString("")));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static void claude(JsonNode root, Steps steps) {
        JsonNode message = root.path("message");
        switch (root.path("type").asString("")) {
            case "user" -> blocks(message.path("content"), Kind.USER, steps);
            case "assistant" -> blocks(message.path("content"), Kind.AGENT, steps);
            case "attachment" -> {
                JsonNode attachment = root.path("attachment");
                if (attachment.path("type").asString("").equals("queued_command")) {
                    steps.add(Kind.USER, text(attachment.path("prompt")));
                }
            }
            case "system" -> {
                if (root.path("subtype").asString("").equals("compact_boundary")) {
                    steps.add(Kind.NOTE, "the conversation was compacted");
                }
            }
            default -> {
                // what the program keeps for itself
            }
        }
    }

    private static void blocks(JsonNode content, Kind speaker, Steps steps) {
        if (content.isString()) {
            steps.add(speaker, content.asString());
            return;
        }
        for (JsonNode block : content.values()) {
            switch (block.path("type").asString("")) {
                case "text" -> steps.add(speaker, block.path("text").asString(""));
                case "tool_use" -> steps.add(Kind.TOOL, call(block.path("name").asString("tool"), block.path("input")));
                case "tool_result" -> steps.add(Kind.RESULT, text(block.path("content")));
                case "image" -> steps.add(Kind.NOTE, "an image");
                default -> {
                    // thinking, and what comes later
                }
            }
        }
    }

    private static void codex(JsonNode root, Steps steps) {
        JsonNode item = root.path("payload");
        if (root.path("type").asString("").equals("compacted")) {
            steps.add(Kind.NOTE, "the conversation was compacted");
        }
        if (!root.path("type").asString("").equals("response_item")) {
            return;
        }
        switch (item.path("type").asString("")) {
            case "message" -> said(item, steps);
            case "function_call" ->
                steps.add(Kind.TOOL, call(item.path("name").asString("tool"), arguments(item.path("arguments"))));
            case "custom_tool_call" ->
                steps.add(
                        Kind.TOOL,
                        item.path("name").asString("tool") + ": "
                                + item.path("input").asString(""));
            case "function_call_output", "custom_tool_call_output" -> steps.add(Kind.RESULT, text(item.path("output")));
            default -> {
                // reasoning, and what comes later
            }
        }
    }

    /// What Codex itself tells the model in the user's name stands in tags.
    private static void said(JsonNode item, Steps steps) {
        String text = text(item.path("content"));
        switch (item.path("role").asString("")) {
            case "assistant" -> steps.add(Kind.AGENT, text);
            case "user" -> {
                if (!text.startsWith("<") && !text.startsWith("# AGENTS.md instructions")) {
                    steps.add(Kind.USER, text);
                }
            }
            default -> {
                // developer: instructions
            }
        }
    }

    private static void gemini(JsonNode root, Steps steps) {
        String text = text(root.path("content"));
        switch (root.path("type").asString("")) {
            case "user" -> {
                // what it tells the model in the user's name stands in a tag
                if (!text.startsWith("<session_context>")) {
                    steps.add(Kind.USER, text);
                }
                for (JsonNode part : root.path("content").values()) {
                    JsonNode response = part.path("functionResponse").path("response");
                    steps.add(
                            Kind.RESULT,
                            response.path("output")
                                    .asString(response.path("error").asString("")));
                }
            }
            case "gemini" -> {
                steps.add(Kind.AGENT, text);
                for (JsonNode call : root.path("toolCalls").values()) {
                    steps.add(Kind.TOOL, call(call.path("name").asString("tool"), call.path("args")));
                }
            }
            case "error" -> steps.add(Kind.NOTE, text);
            default -> {
                // what the program says to its user
            }
        }
    }

    private static JsonNode arguments(JsonNode json) {
        try {
            return JSON.readTree(json.asString("{}"));
        } catch (JacksonException _) {
            return json;
        }
    }

    private static String call(String tool, JsonNode input) {
        for (String name : TELLING) {
            JsonNode value = input.path(name);
            if (value.isString()) {
                return tool + ": " + value.asString();
            }
            if (value.isArray()) {
                return tool + ": "
                        + value.values().stream().map(part -> part.asString("")).collect(Collectors.joining(" "));
            }
        }
        return input.isEmpty() ? tool : tool + ": " + input;
    }

    /// A string, or the texts of an array of blocks.
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        return content.values().stream()
                .map(block -> block.path("text").asString(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
