package dev.agentctl.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Counts the tokens of a conversation, line by line of the agent's own file of it. What is not understood counts
/// nothing. Used by one thread.
///
/// Claude Code writes a message once for each of its blocks, each time with the usage of the whole message: the last
/// one counts. When it ends it writes what all runs of the conversation have cost (2.1.329). Codex writes the sum so
/// far; where that falls a new count has begun. Gemini CLI tells the tokens of each answer (0.61).
public final class TokenTally {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Blocks of one message stand close together, with the results of its tools between them.
    private static final int REMEMBERED = 256;

    private final Map<String, TokenCount> recent = new LinkedHashMap<>();
    private TokenCount sum = TokenCount.NONE;
    private TokenCount running = TokenCount.NONE;
    private OptionalDouble dollars = OptionalDouble.empty();

    public TokenCount total() {
        return sum.plus(running).costing(dollars);
    }

    public void add(String line) {
        try {
            JsonNode root = JSON.readTree(line);
            switch (root.path("type").asString("")) {
                case "assistant" -> claude(root.path("message"));
                case "cost-state" -> dollars = dollars(root);
                case "event_msg" -> codex(root.path("payload"));
                case "gemini" -> gemini(root);
                default -> {
                    // nothing of use
                }
            }
        } catch (JacksonException _) {
            // no JSON
        }
    }

    private void claude(JsonNode message) {
        JsonNode usage = message.path("usage");
        String id = message.path("id").asString("");
        if (!usage.isObject() || id.isEmpty()) {
            return;
        }
        TokenCount count = new TokenCount(
                number(usage, "input_tokens") + number(usage, "cache_creation_input_tokens"),
                number(usage, "output_tokens"),
                number(usage, "cache_read_input_tokens"),
                OptionalDouble.empty());
        replace(id, count);
    }

    /// Gemini CLI writes an answer again when its tools have ended. Its prompts include what came from the cache, and
    /// thoughts are written apart from the answer.
    private void gemini(JsonNode answer) {
        JsonNode tokens = answer.path("tokens");
        String id = answer.path("id").asString("");
        if (!tokens.isObject() || id.isEmpty()) {
            return;
        }
        long cached = number(tokens, "cached");
        replace(
                id,
                new TokenCount(
                        Math.max(0, number(tokens, "input") - cached),
                        number(tokens, "output") + number(tokens, "thoughts"),
                        cached,
                        OptionalDouble.empty()));
    }

    private void replace(String id, TokenCount count) {
        TokenCount before = recent.remove(id);
        sum = sum.plus(count).minus(before == null ? TokenCount.NONE : before);
        remember(id, count);
    }

    private void remember(String id, TokenCount count) {
        recent.put(id, count);
        if (recent.size() > REMEMBERED) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    /// A cost that leaves out a model of unknown price is none.
    private static OptionalDouble dollars(JsonNode state) {
        JsonNode cost = state.path("totalCostUSD");
        return cost.isNumber() && !state.path("hasUnknownModelCost").asBoolean(false)
                ? OptionalDouble.of(cost.asDouble())
                : OptionalDouble.empty();
    }

    private void codex(JsonNode payload) {
        JsonNode total = payload.path("info").path("total_token_usage");
        if (!payload.path("type").asString("").equals("token_count") || !total.isObject()) {
            return;
        }
        long cached = number(total, "cached_input_tokens");
        TokenCount now = new TokenCount(
                Math.max(0, number(total, "input_tokens") - cached),
                number(total, "output_tokens"),
                cached,
                OptionalDouble.empty());
        if (now.all() < running.all()) {
            sum = sum.plus(running);
        }
        running = now;
    }

    private static long number(JsonNode node, String name) {
        return Math.max(0, node.path(name).asLong(0));
    }
}
