package dev.agentctl.tools;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an agent asks its operator.
///
/// @param text the question itself, as Markdown
/// @param context what the operator needs to decide, as Markdown
/// @param options answers to choose from; the operator may always write another. Empty: free text
/// @param timeout how long the question stays open before it expires
public record Question(String text, Optional<String> context, List<String> options, Duration timeout) {
    public Question {
        options = List.copyOf(options);
    }
}
