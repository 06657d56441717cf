package dev.agentctl.control;

import java.util.Optional;

/// A message on its way to an agent, as `status PROJECT` shows it.
///
/// @param text how it begins
/// @param stage stored, typing, submitting, typed, accepted, uncertain, answered or withdrawn
/// @param storedAt milliseconds since the epoch, as all times here
/// @param typedAt when its Enter was in the terminal; 0: that was not seen
/// @param since when it came to its stage
/// @param evidence of `accepted`: what proved it; of `uncertain`: what was seen instead
/// @param way all of this for a person
public record MessageReport(
        String text, String stage, long storedAt, long typedAt, long since, Optional<String> evidence, String way) {}
