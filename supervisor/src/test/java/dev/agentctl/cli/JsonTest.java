package dev.agentctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void nestedValuesAreSeparated() {
        Json json = Json.document().key("a").begin('[').number(1).begin('{').end('}');
        json.begin('[').end(']').flag(true).nothing().end(']');
        json.key("b").optional(Optional.empty()).key("c").optional(Optional.of("x"));
        assertThat(json.end('}').toString())
                .isEqualTo("{\"schema\":1,\"a\":[1,{},[],true,null],\"b\":null,\"c\":\"x\"}");
    }

    @Test
    void whatSteersATerminalOrIsNoCharacterIsEscaped() {
        String text = "q\"b\\n\nt\tesc\u001bc1\u009bbidi\u202elone\ud800pair\ud83d\ude00é";
        String json = Json.document().key("t").string(text).end('}').toString();
        assertThat(json)
                .isEqualTo("{\"schema\":1,\"t\":\"q\\\"b\\\\n\\nt\\tesc\\u001bc1\\u009bbidi\\u202elone\\ud800"
                        + "pair\ud83d\ude00é\"}");
    }
}
