package dev.agentctl.testkit;

import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the OpenAI chat completions API.
final class ChatAnswer implements ModelWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String model;
    private final String id;

    /// @param id unique among all answers
    ChatAnswer(String model, String id) {
        this.model = model;
        this.id = id;
    }

    @Override
    public void stream(ModelAnswer.Call call, EventStream out) throws IOException {
        ObjectNode chunk = chunk();
        addCall(choice(chunk, "delta"), call);
        out.sendData(chunk.toString());
        end(out, "tool_calls");
    }

    @Override
    public void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException {
        out.sendSlowly(text.text(), text.duration(), part -> {
            ObjectNode chunk = chunk();
            choice(chunk, "delta").put("content", part);
            out.sendData(chunk.toString());
        });
        end(out, "stop");
    }

    @Override
    public ObjectNode whole(ModelAnswer.Call call) {
        ObjectNode body = usage(chunk().put("object", "chat.completion"));
        addCall(choice(body, "message"), call);
        return body;
    }

    @Override
    public ObjectNode whole(ModelAnswer.Text text) {
        ObjectNode body = usage(chunk().put("object", "chat.completion"));
        choice(body, "message").put("content", text.text());
        return body;
    }

    @Override
    public ObjectNode error(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", failure.message())
                .put("type", failure.type())
                .put("code", failure.type());
        return body;
    }

    private void end(EventStream out, String reason) throws IOException {
        ObjectNode chunk = usage(chunk());
        choice(chunk, "delta");
        ((ObjectNode) chunk.path("choices").path(0)).put("finish_reason", reason);
        out.sendData(chunk.toString());
        out.sendData("[DONE]");
    }

    private ObjectNode chunk() {
        return JSON.createObjectNode()
                .put("id", "chat_" + id)
                .put("object", "chat.completion.chunk")
                .put("created", 1)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode chunk, String name) {
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        return choice.putObject(name).put("role", "assistant");
    }

    private void addCall(ObjectNode message, ModelAnswer.Call call) {
        ObjectNode tool = message.putArray("tool_calls").addObject();
        tool.put("index", 0).put("id", "call_" + id).put("type", "function");
        tool.putObject("function").put("name", call.tool()).put("arguments", call.arguments());
    }

    private static ObjectNode usage(ObjectNode body) {
        body.putObject("usage")
                .put("prompt_tokens", 10)
                .put("completion_tokens", 5)
                .put("total_tokens", 15);
        return body;
    }
}
