package dev.agentctl.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A session as `status` shows it.
///
/// @param desired `up` or `down`
/// @param state one of the state words: stopped starting running idle working awaiting-approval awaiting-answer
///     limited stuck backoff stopping exited failed
/// @param evidence what the state was derived from, for a person: `hook Stop at 14:02:11`
/// @param since milliseconds since the epoch
/// @param pid the agent's own process; 0: none
/// @param restarts how often it was restarted after a crash since it was last started by a person
/// @param conversation the agent's own id; empty where unknown
/// @param queued messages that wait to be typed or accepted
/// @param lostBytes how much of its log could not be kept though it should have been; empty where the host has not said
/// @param tokens of its conversation; empty where its transcript tells none, or not yet
/// @param messages the newest, and those that wait; none where all sessions are asked for
public record SessionReport(
        String name,
        String agent,
        String directory,
        String desired,
        String state,
        String evidence,
        long since,
        long pid,
        int restarts,
        Optional<String> conversation,
        int queued,
        OptionalLong lostBytes,
        Optional<TokenReport> tokens,
        List<MessageReport> messages) {}
