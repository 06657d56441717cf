package dev.agentctl.agent;

import java.util.Locale;
import java.util.OptionalDouble;

/// The tokens that a conversation has used, as its transcript tells.
///
/// @param input what the model read anew
/// @param output what it wrote
/// @param cached what it read from the cache
/// @param dollars what the transcript last told of its cost, if it does
public record TokenCount(long input, long output, long cached, OptionalDouble dollars) {
    public static final TokenCount NONE = new TokenCount(0, 0, 0, OptionalDouble.empty());

    TokenCount plus(TokenCount more) {
        return new TokenCount(input + more.input, output + more.output, cached + more.cached, dollars);
    }

    TokenCount minus(TokenCount less) {
        return new TokenCount(input - less.input, output - less.output, cached - less.cached, dollars);
    }

    TokenCount costing(OptionalDouble told) {
        return new TokenCount(input, output, cached, told);
    }

    /// For a person.
    public String words() {
        String tokens = String.format(Locale.ROOT, "%,d in, %,d out, %,d cached", input, output, cached);
        return dollars.isEmpty()
                ? tokens
                : tokens
                        + String.format(
                                Locale.ROOT, dollars.getAsDouble() < 1 ? ", $%.4f" : ", $%.2f", dollars.getAsDouble());
    }

    long all() {
        return input + output + cached;
    }
}
