package dev.agentctl.telegram;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;

/// Any method of the Bot API by its name. Its result is the raw answer: the library would fail on an answer with a
/// field that it does not know, and a message that was sent would look as if it was not.
final class JsonMethod extends BotApiMethod<String> {
    @JsonIgnore
    private final String name;

    private final Map<String, Object> parameters;

    JsonMethod(String name, Map<String, Object> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    @JsonAnyGetter
    Map<String, Object> parameters() {
        return parameters;
    }

    @Override
    public String getMethod() {
        return name;
    }

    @Override
    public String deserializeResponse(String answer) {
        return answer;
    }
}
