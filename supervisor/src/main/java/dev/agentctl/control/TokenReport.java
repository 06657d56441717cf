package dev.agentctl.control;

import java.util.OptionalLong;

/// The tokens of a session's conversation, as `status` shows them.
///
/// @param input what the model read anew
/// @param output what it wrote
/// @param cached what it read from the cache
/// @param microDollars what it cost, where the transcript tells
/// @param words all of this for a person
public record TokenReport(long input, long output, long cached, OptionalLong microDollars, String words) {}
