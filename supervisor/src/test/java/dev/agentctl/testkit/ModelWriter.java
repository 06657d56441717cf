package dev.agentctl.testkit;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/// Words one answer as its API wants it, streamed or whole. For one answer and one thread.
sealed interface ModelWriter permits AnthropicAnswer, ChatAnswer, GeminiAnswer, ResponsesAnswer {
    void stream(ModelAnswer.Call call, EventStream out) throws IOException;

    void stream(ModelAnswer.Text text, EventStream out) throws IOException, InterruptedException;

    ObjectNode whole(ModelAnswer.Call call);

    ObjectNode whole(ModelAnswer.Text text);

    /// The body of an HTTP error.
    ObjectNode error(ModelAnswer.Failure failure);
}
