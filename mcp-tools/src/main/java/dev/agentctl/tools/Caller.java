package dev.agentctl.tools;

/// Who is calling, as proved by its token; never taken from an argument of a call.
///
/// @param session the session's name, which is its project's
/// @param generation which start of the session's child the token was given to; an older one is a leftover process
public record Caller(String session, long generation) {}
