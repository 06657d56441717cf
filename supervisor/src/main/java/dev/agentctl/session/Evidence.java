package dev.agentctl.session;

import java.time.Instant;

/// What a state was derived from, and when: so that it can be judged by a person.
///
/// @param source such as `hook Stop`, `OSC 7501 idle`, `exit status 1`
public record Evidence(String source, Instant at) {}
