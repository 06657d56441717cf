package dev.agentctl.tools;

import java.util.Optional;

/// What an agent may know about its own session.
///
/// @param agent which kind of agent runs in it, such as `claude`
/// @param directory the project's folder, absolute
/// @param state the observed state in the words of `agentctl status`
/// @param conversation the agent's own id of its resumable history, where known
/// @param queued how many messages of the operator wait to be delivered
/// @param operatorReachable whether a chat with the operator is configured and its last exchange succeeded; when it is
///     false, notices and questions are stored all the same and delivered later
public record SessionContext(
        String session,
        String agent,
        String directory,
        String state,
        Optional<String> conversation,
        int queued,
        boolean operatorReachable) {}
