package dev.agentctl.testkit;

import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes a streamed answer of the OpenAI Responses API.
final class ResponsesAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String model;
    private final String id;

    /// @param id unique among all answers
    ResponsesAnswer(String model, String id) {
        this.model = model;
        this.id = id;
    }

    void stream(ModelAnswer.Call call, EventStream out) throws IOException {
        created(out);
        int slash = call.tool().indexOf('/');
        ObjectNode item = JSON.createObjectNode()
                .put("type", "function_call")
                .put("id", "fc_" + id)
                .put("call_id", "call_" + id)
                .put("name", call.tool().substring(slash + 1))
                .put("arguments", call.arguments())
                .put("status", "completed");
        if (slash >= 0) {
            item.put("namespace", call.tool().substring(0, slash));
        }
        done(out, item);
    }

    void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException {
        created(out);
        out.send(event("response.output_item.added").set("item", message("", "in_progress")));
        StringBuilder whole = new StringBuilder();
        out.sendSlowly(text.text(), text.duration(), part -> {
            whole.append(part);
            out.send(event("response.output_text.delta")
                    .put("item_id", "msg_" + id)
                    .put("content_index", 0)
                    .put("delta", part));
        });
        done(out, message(whole.toString(), "completed"));
    }

    private void created(EventStream out) throws IOException {
        out.send(JSON.createObjectNode()
                .put("type", "response.created")
                .set("response", response().put("status", "in_progress")));
    }

    private void done(EventStream out, ObjectNode item) throws IOException {
        out.send(event("response.output_item.done").set("item", item));
        ObjectNode response = response().put("status", "completed");
        response.putArray("output").add(item);
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", 10).put("output_tokens", 5).put("total_tokens", 15);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        out.send(JSON.createObjectNode().put("type", "response.completed").set("response", response));
    }

    private ObjectNode response() {
        return JSON.createObjectNode()
                .put("id", "resp_" + id)
                .put("object", "response")
                .put("model", model);
    }

    private static ObjectNode event(String type) {
        return JSON.createObjectNode().put("type", type).put("output_index", 0);
    }

    private ObjectNode message(String text, String status) {
        ObjectNode message = JSON.createObjectNode()
                .put("type", "message")
                .put("id", "msg_" + id)
                .put("role", "assistant")
                .put("status", status);
        message.putArray("content")
                .addObject()
                .put("type", "output_text")
                .put("text", text)
                .putArray("annotations");
        return message;
    }
}
