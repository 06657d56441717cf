package dev.agentctl.doctor;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How an answer is put in the words of an agent's model API.
enum ModelApi {
    /// Anthropic's Messages, which Claude Code speaks.
    MESSAGES {
        @Override
        ObjectNode whole(ModelAnswer answer, String id) {
            ObjectNode message = message(id).put("stop_reason", stopReason(answer));
            ObjectNode block = message.putArray("content").addObject();
            switch (answer) {
                case ModelAnswer.Text(String text) -> block.put("type", "text").put("text", text);
                case ModelAnswer.Call call -> toolUse(block, call, id).set("input", JSON.readTree(call.arguments()));
            }
            return message;
        }

        @Override
        List<ObjectNode> events(ModelAnswer answer, String id) {
            ObjectNode started = message(id).putNull("stop_reason");
            started.putArray("content");
            ObjectNode block = JSON.createObjectNode();
            ObjectNode delta = JSON.createObjectNode();
            switch (answer) {
                case ModelAnswer.Text(String text) -> {
                    block.put("type", "text").put("text", "");
                    delta.put("type", "text_delta").put("text", text);
                }
                case ModelAnswer.Call call -> {
                    toolUse(block, call, id).putObject("input");
                    delta.put("type", "input_json_delta").put("partial_json", call.arguments());
                }
            }
            ObjectNode end = JSON.createObjectNode().put("type", "message_delta");
            end.putObject("delta").put("stop_reason", stopReason(answer)).putNull("stop_sequence");
            end.putObject("usage").put("output_tokens", 5);
            return List.of(
                    event("message_start", "message", started),
                    event("content_block_start", "content_block", block).put("index", 0),
                    event("content_block_delta", "delta", delta).put("index", 0),
                    JSON.createObjectNode().put("type", "content_block_stop").put("index", 0),
                    end,
                    JSON.createObjectNode().put("type", "message_stop"));
        }

        private static ObjectNode message(String id) {
            ObjectNode message = JSON.createObjectNode()
                    .put("id", "msg_" + id)
                    .put("type", "message")
                    .put("role", "assistant")
                    .put("model", MODEL)
                    .putNull("stop_sequence");
            message.putObject("usage").put("input_tokens", 10).put("output_tokens", 1);
            return message;
        }

        private static String stopReason(ModelAnswer answer) {
            return answer instanceof ModelAnswer.Call ? "tool_use" : "end_turn";
        }

        private static ObjectNode toolUse(ObjectNode block, ModelAnswer.Call call, String id) {
            String name = call.server().isEmpty() ? call.tool() : "mcp__" + call.server() + "__" + call.tool();
            return block.put("type", "tool_use").put("id", "toolu_" + id).put("name", name);
        }
    },
    /// OpenAI's Responses, which Codex speaks.
    RESPONSES {
        @Override
        ObjectNode whole(ModelAnswer answer, String id) {
            ObjectNode response = response(id, "completed");
            response.putArray("output").add(item(answer, id));
            ObjectNode usage = response.putObject("usage");
            usage.put("input_tokens", 10).put("output_tokens", 5).put("total_tokens", 15);
            usage.putObject("input_tokens_details").put("cached_tokens", 0);
            usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
            return response;
        }

        @Override
        List<ObjectNode> events(ModelAnswer answer, String id) {
            return List.of(
                    event("response.created", "response", response(id, "in_progress")),
                    event("response.output_item.done", "item", item(answer, id)).put("output_index", 0),
                    event("response.completed", "response", whole(answer, id)));
        }

        private static ObjectNode response(String id, String status) {
            return JSON.createObjectNode()
                    .put("id", "resp_" + id)
                    .put("object", "response")
                    .put("model", MODEL)
                    .put("status", status);
        }

        private static ObjectNode item(ModelAnswer answer, String id) {
            ObjectNode item = JSON.createObjectNode().put("status", "completed");
            switch (answer) {
                case ModelAnswer.Text(String text) -> {
                    item.put("type", "message").put("id", "msg_" + id).put("role", "assistant");
                    item.putArray("content")
                            .addObject()
                            .put("type", "output_text")
                            .put("text", text)
                            .putArray("annotations");
                }
                case ModelAnswer.Call call -> {
                    item.put("type", "function_call").put("id", "fc_" + id).put("call_id", "call_" + id);
                    item.put("name", call.tool()).put("arguments", call.arguments());
                    if (!call.server().isEmpty()) {
                        item.put("namespace", "mcp__" + call.server());
                    }
                }
            }
            return item;
        }
    },
    /// OpenAI's chat completions, which opencode speaks to a provider of its user's own.
    CHAT {
        @Override
        ObjectNode whole(ModelAnswer answer, String id) {
            return choice("message", message(answer, id), answer, id);
        }

        @Override
        List<ObjectNode> events(ModelAnswer answer, String id) {
            return List.of(choice("delta", message(answer, id), answer, id));
        }

        private static ObjectNode choice(String name, ObjectNode message, ModelAnswer answer, String id) {
            ObjectNode whole = JSON.createObjectNode()
                    .put("id", "chat_" + id)
                    .put("object", name.equals("delta") ? "chat.completion.chunk" : "chat.completion")
                    .put("created", 1)
                    .put("model", MODEL);
            ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
            choice.set(name, message);
            choice.put("finish_reason", answer instanceof ModelAnswer.Call ? "tool_calls" : "stop");
            whole.putObject("usage")
                    .put("prompt_tokens", 10)
                    .put("completion_tokens", 5)
                    .put("total_tokens", 15);
            return whole;
        }

        private static ObjectNode message(ModelAnswer answer, String id) {
            ObjectNode message = JSON.createObjectNode().put("role", "assistant");
            switch (answer) {
                case ModelAnswer.Text(String text) -> message.put("content", text);
                case ModelAnswer.Call call -> {
                    ObjectNode tool = message.putArray("tool_calls").addObject();
                    tool.put("index", 0).put("id", "call_" + id).put("type", "function");
                    tool.putObject("function").put("name", joined("", call)).put("arguments", call.arguments());
                }
            }
            return message;
        }
    },
    /// Google's, which Gemini CLI speaks.
    GOOGLE {
        @Override
        ObjectNode whole(ModelAnswer answer, String id) {
            ObjectNode whole = JSON.createObjectNode();
            ObjectNode candidate = whole.putArray("candidates").addObject().put("index", 0);
            candidate.put("finishReason", "STOP");
            ObjectNode content = candidate.putObject("content").put("role", "model");
            ObjectNode part = content.putArray("parts").addObject();
            switch (answer) {
                case ModelAnswer.Text(String text) -> part.put("text", text);
                case ModelAnswer.Call call ->
                    part.putObject("functionCall")
                            .put("name", joined("mcp_", call))
                            .set("args", JSON.readTree(call.arguments()));
            }
            whole.putObject("usageMetadata")
                    .put("promptTokenCount", 10)
                    .put("candidatesTokenCount", 5)
                    .put("totalTokenCount", 15);
            return whole;
        }

        @Override
        List<ObjectNode> events(ModelAnswer answer, String id) {
            return List.of(whole(answer, id));
        }
    };

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MODEL = "agentctl-check";

    /// The answer in one piece.
    ///
    /// @param id unique among all answers
    abstract ObjectNode whole(ModelAnswer answer, String id);

    /// The answer as a stream of events, most of which name themselves in `type`.
    abstract List<ObjectNode> events(ModelAnswer answer, String id);

    /// The name of a tool, for an agent that puts its server's before it.
    private static String joined(String before, ModelAnswer.Call call) {
        return call.server().isEmpty() ? call.tool() : before + call.server() + "_" + call.tool();
    }

    private static ObjectNode event(String type, String key, ObjectNode value) {
        ObjectNode event = JSON.createObjectNode().put("type", type);
        event.set(key, value);
        return event;
    }
}
