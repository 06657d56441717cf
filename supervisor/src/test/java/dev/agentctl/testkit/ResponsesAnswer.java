package dev.agentctl.testkit;

import java.io.IOException;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the OpenAI Responses API.
final class ResponsesAnswer implements ModelWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String model;
    private final String id;

    /// @param id unique among all answers
    ResponsesAnswer(String model, String id) {
        this.model = model;
        this.id = id;
    }

    @Override
    public void stream(ModelAnswer.Call call, EventStream out) throws IOException {
        created(out);
        done(out, functionCall(call));
    }

    @Override
    public void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException {
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

    @Override
    public ObjectNode whole(ModelAnswer.Call call) {
        return completed(functionCall(call));
    }

    @Override
    public ObjectNode whole(ModelAnswer.Text text) {
        return completed(message(text.text(), "completed"));
    }

    @Override
    public ObjectNode error(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error").put("message", failure.message());
        failure.resets()
                .ifPresentOrElse(
                        time -> error.put("type", "usage_limit_reached")
                                .put("plan_type", "plus")
                                .put("resets_at", Instant.now().plus(time).getEpochSecond()),
                        () -> error.put("type", failure.type()).put("code", failure.type()));
        return body;
    }

    private void created(EventStream out) throws IOException {
        out.send(JSON.createObjectNode()
                .put("type", "response.created")
                .set("response", response().put("status", "in_progress")));
    }

    private void done(EventStream out, ObjectNode item) throws IOException {
        out.send(event("response.output_item.done").set("item", item));
        out.send(JSON.createObjectNode().put("type", "response.completed").set("response", completed(item)));
    }

    private ObjectNode completed(ObjectNode item) {
        ObjectNode response = response().put("status", "completed");
        response.putArray("output").add(item);
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", 10).put("output_tokens", 5).put("total_tokens", 15);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return response;
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

    /// A tool of a namespace (an MCP server's) is scripted as `namespace/name`.
    private ObjectNode functionCall(ModelAnswer.Call call) {
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
        return item;
    }
}
