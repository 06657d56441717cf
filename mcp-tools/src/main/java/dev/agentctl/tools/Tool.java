package dev.agentctl.tools;

import java.util.List;
import java.util.concurrent.ExecutionException;

/// A tool that agents may call, one file each; a new one is added to [#all]. Those of the operator's own clients are
/// [FleetTools].
sealed interface Tool
        permits NotifyTool,
                AskTool,
                PollTool,
                WaitReplyTool,
                UnattendedModeTool,
                SendMessageTool,
                SendCodeTool,
                SendImageTool,
                SendFileTool,
                ContextInfoTool,
                ListSessionsTool,
                SendToSessionTool,
                ReadSessionTool,
                FleetTool {
    /// Every tool of an agent, in the order that agents see them in.
    static List<Tool> all(Operator operator, Neighbours neighbours, ToolNames names) {
        Answers answers = new Answers(operator, names);
        return List.of(
                new NotifyTool(operator),
                new AskTool(operator, answers, names),
                new PollTool(operator, answers, names),
                new WaitReplyTool(operator, names),
                new UnattendedModeTool(operator, names),
                new SendMessageTool(operator, names),
                new SendCodeTool(operator, names),
                new SendImageTool(operator, names),
                new SendFileTool(operator, names),
                new ContextInfoTool(operator, names),
                new ListSessionsTool(neighbours, names),
                new SendToSessionTool(neighbours, names),
                new ReadSessionTool(neighbours, names));
    }

    Contract contract();

    /// Whether it is offered to this caller at all.
    default boolean isFor(Caller caller) {
        return true;
    }

    /// Does what the tool is for; may block. Expected failures are outcomes.
    ///
    /// @throws OperatorUnavailable when the operator's side could not take it
    /// @throws ExecutionException when something waited for failed
    Outcome call(ToolCall call, Arguments arguments) throws ExecutionException;
}
