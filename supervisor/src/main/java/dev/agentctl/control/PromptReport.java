package dev.agentctl.control;

import java.util.List;

/// A dialog of an agent that waits for a decision.
///
/// @param title what is asked, in one line
/// @param text all of it, as Markdown
/// @param commands the chat commands that decide it; the command line has the same without the slash
/// @param asked milliseconds since the epoch, as `expires`
public record PromptReport(
        String id, String project, String title, String text, List<String> commands, long asked, long expires) {}
