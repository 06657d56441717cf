package dev.agentctl.testkit;

/// Which model API a request spoke, and so which agent sent it.
public enum ModelApi {
    /// Anthropic Messages, `POST /v1/messages`.
    CLAUDE,
    /// OpenAI Responses, `POST /v1/responses`.
    CODEX,
    /// Google's Gemini API, `POST /v1beta/models/M:streamGenerateContent`.
    GEMINI,
    /// OpenAI chat completions, `POST /v1/chat/completions`.
    OPENCODE
}
