package dev.agentctl.demo;

import java.util.Locale;

/// The news of the sample agent, each by the word that its `notify` names it with.
public enum Milestone {
    /// It has begun with its work.
    BEGUN,
    /// It had its answer and did what it said.
    BUILT,
    /// It was started again and knows where it was.
    BACK,
    /// It read a message that was typed into its terminal.
    HEARD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a chat's text is this news.
    public boolean isIn(String markdown) {
        return markdown.contains("🔔 **" + word() + "**");
    }
}
