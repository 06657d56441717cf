package dev.agentctl.testkit;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer of Google's Gemini API.
final class GeminiAnswer implements ModelWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public void stream(ModelAnswer.Call call, EventStream out) throws IOException {
        out.sendData(whole(call).toString());
    }

    @Override
    public void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException {
        out.sendSlowly(
                text.text(), text.duration(), part -> out.sendData(text(part).toString()));
        out.sendData(end(text("")).toString());
    }

    @Override
    public ObjectNode whole(ModelAnswer.Call call) {
        ObjectNode body = JSON.createObjectNode();
        part(body).putObject("functionCall").put("name", call.tool()).set("args", JSON.readTree(call.arguments()));
        return end(body);
    }

    @Override
    public ObjectNode whole(ModelAnswer.Text text) {
        return end(text(text.text()));
    }

    @Override
    public ObjectNode error(ModelAnswer.Failure failure) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error")
                .put("code", failure.status())
                .put("message", failure.message())
                .put("status", failure.type());
        failure.resets().ifPresent(time -> dailyQuota(error.putArray("details"), time));
        return body;
    }

    /// What Google sends where a day's requests are used up; fewer details are a limit of the minute, which Gemini CLI
    /// waits for itself.
    private static void dailyQuota(ArrayNode details, Duration resets) {
        details.addObject()
                .put("@type", "type.googleapis.com/google.rpc.QuotaFailure")
                .putArray("violations")
                .addObject()
                .put("quotaId", "GenerateRequestsPerDayPerProjectPerModel-FreeTier");
        details.addObject()
                .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                .put("retryDelay", resets.toSeconds() + "s");
    }

    private static ObjectNode text(String text) {
        ObjectNode body = JSON.createObjectNode();
        part(body).put("text", text);
        return body;
    }

    private static ObjectNode part(ObjectNode body) {
        ObjectNode content =
                body.putArray("candidates").addObject().put("index", 0).putObject("content");
        content.put("role", "model");
        return content.putArray("parts").addObject();
    }

    private static ObjectNode end(ObjectNode body) {
        ((ObjectNode) body.path("candidates").path(0)).put("finishReason", "STOP");
        body.putObject("usageMetadata")
                .put("promptTokenCount", 10)
                .put("candidatesTokenCount", 5)
                .put("totalTokenCount", 15);
        return body;
    }
}
