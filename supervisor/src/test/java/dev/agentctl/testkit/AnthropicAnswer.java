package dev.agentctl.testkit;

import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the Anthropic Messages API.
final class AnthropicAnswer implements ModelWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String model;
    private final String id;

    /// @param id unique among all answers
    AnthropicAnswer(String model, String id) {
        this.model = model;
        this.id = id;
    }

    @Override
    public void stream(ModelAnswer.Call call, EventStream out) throws IOException {
        start(out);
        ObjectNode block = toolUse(call);
        block.putObject("input");
        out.send(event("content_block_start").set("content_block", block));
        ObjectNode delta = JSON.createObjectNode().put("type", "input_json_delta");
        out.send(event("content_block_delta").set("delta", delta.put("partial_json", call.arguments())));
        end(out, "tool_use");
    }

    @Override
    public void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException {
        start(out);
        out.send(event("content_block_start").set("content_block", textBlock("")));
        out.sendSlowly(text.text(), text.duration(), part -> {
            ObjectNode delta = JSON.createObjectNode().put("type", "text_delta").put("text", part);
            out.send(event("content_block_delta").set("delta", delta));
        });
        end(out, "end_turn");
    }

    @Override
    public ObjectNode whole(ModelAnswer.Call call) {
        ObjectNode block = toolUse(call);
        block.set("input", JSON.readTree(call.arguments()));
        return whole(block, "tool_use");
    }

    @Override
    public ObjectNode whole(ModelAnswer.Text text) {
        return whole(textBlock(text.text()), "end_turn");
    }

    @Override
    public ObjectNode error(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.putObject("error").put("type", failure.type()).put("message", failure.message());
        return body;
    }

    private ObjectNode whole(ObjectNode block, String stopReason) {
        ObjectNode message = message().put("stop_reason", stopReason);
        message.putArray("content").add(block);
        return message;
    }

    private void start(EventStream out) throws IOException {
        ObjectNode message = message().putNull("stop_reason");
        message.putArray("content");
        out.send(JSON.createObjectNode().put("type", "message_start").set("message", message));
    }

    private static void end(EventStream out, String stopReason) throws IOException {
        out.send(event("content_block_stop"));
        ObjectNode delta = JSON.createObjectNode().put("type", "message_delta");
        delta.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
        delta.putObject("usage").put("output_tokens", 5);
        out.send(delta);
        out.send(JSON.createObjectNode().put("type", "message_stop"));
    }

    private ObjectNode message() {
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_" + id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model)
                .putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 10).put("output_tokens", 1);
        return message;
    }

    private static ObjectNode event(String type) {
        return JSON.createObjectNode().put("type", type).put("index", 0);
    }

    private ObjectNode toolUse(ModelAnswer.Call call) {
        return JSON.createObjectNode()
                .put("type", "tool_use")
                .put("id", "toolu_" + id)
                .put("name", call.tool());
    }

    private static ObjectNode textBlock(String text) {
        return JSON.createObjectNode().put("type", "text").put("text", text);
    }
}
