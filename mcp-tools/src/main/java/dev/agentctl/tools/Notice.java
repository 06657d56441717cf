package dev.agentctl.tools;

import java.util.Optional;

/// Something an agent wants its operator to know without waiting for an answer.
///
/// @param event a short word for the kind of news, such as `done` or `blocked`
/// @param summary the news, as Markdown; what the operator reads first
/// @param details more of it, as Markdown
public record Notice(String event, String summary, Optional<String> details) {}
