package dev.agentctl.tools;

import java.util.List;
import java.util.concurrent.ExecutionException;

/// A tool that agents may call. One file each; a new one is added to [#all].
sealed interface Tool permits NotifyTool, AskTool, PollTool, WaitReplyTool, ContextInfoTool {
    /// Every tool, in the order that agents see them in.
    static List<Tool> all(Operator operator, ToolNames names) {
        Answers answers = new Answers(operator, names);
        return List.of(
                new NotifyTool(operator),
                new AskTool(operator, answers, names),
                new PollTool(operator, answers, names),
                new WaitReplyTool(operator, names),
                new ContextInfoTool(operator));
    }

    Contract contract();

    /// Does what the tool is for; may block. Expected failures are outcomes.
    ///
    /// @throws OperatorUnavailable when the operator's side could not take it
    /// @throws ExecutionException when something waited for failed
    Outcome call(ToolCall call, Arguments arguments) throws ExecutionException;
}
