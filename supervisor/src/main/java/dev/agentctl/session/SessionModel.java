package dev.agentctl.session;

import java.time.Instant;
import java.util.Optional;

/// All that the lifecycle of a session knows. Immutable.
///
/// @param since when `state` began
/// @param generation the number of the last child that was started
/// @param restarts since a person last started it
/// @param crash how the child before crash, until its successor's recovery was told
/// @param failedResumes how often in a row a child that resumed a conversation ended before it reported
/// @param reported whether the running child's agent has reported anything
/// @param lastHook when a hook last reported, [Instant#MIN] if none did
public record SessionModel(
        Desired desired,
        SessionState state,
        Instant since,
        long generation,
        int restarts,
        Failures failures,
        Optional<String> crash,
        int failedResumes,
        boolean reported,
        Instant lastHook) {

    /// What a former supervisor left: nothing is claimed to run until the host has said so.
    static SessionModel remembered(Memory memory, Instant now) {
        return new SessionModel(
                memory.desired(),
                memory.state(),
                now,
                memory.generation(),
                memory.restarts(),
                Failures.NONE,
                Optional.empty(),
                0,
                false,
                Instant.MIN);
    }

    SessionModel with(SessionState next, Instant now) {
        boolean same = next.word().equals(state.word());
        return new SessionModel(
                desired,
                next,
                same ? since : now,
                generation,
                restarts,
                failures,
                crash,
                failedResumes,
                reported,
                lastHook);
    }

    SessionModel wanting(Desired wanted) {
        return new SessionModel(
                wanted, state, since, generation, restarts, failures, crash, failedResumes, reported, lastHook);
    }

    /// Ready for a child of the next generation.
    SessionModel nextGeneration(Instant now) {
        return new SessionModel(
                desired,
                new SessionState.Starting(0, now),
                now,
                generation + 1,
                restarts,
                failures,
                crash,
                failedResumes,
                false,
                Instant.MIN);
    }

    /// As after a start by a person: what went wrong before no longer counts.
    SessionModel forgiven() {
        return new SessionModel(
                Desired.UP, state, since, generation, 0, Failures.NONE, Optional.empty(), 0, reported, lastHook);
    }

    SessionModel afterCrash(String cause, Failures next, int resumes) {
        return new SessionModel(
                desired, state, since, generation, restarts + 1, next, Optional.of(cause), resumes, reported, lastHook);
    }

    /// Nothing was started, and nothing crashed.
    SessionModel afterRefusal() {
        return counting(failures.andRefusal(), crash);
    }

    private SessionModel counting(Failures next, Optional<String> told) {
        return new SessionModel(
                desired, state, since, generation, restarts, next, told, failedResumes, reported, lastHook);
    }

    SessionModel heard(boolean hook, Instant now) {
        return new SessionModel(
                desired,
                state,
                since,
                generation,
                restarts,
                failures.withoutRefusals(),
                Optional.empty(),
                0,
                true,
                hook ? now : lastHook);
    }

    /// Its conversation has begun, and what it does is not known yet.
    SessionModel greeted() {
        return new SessionModel(
                desired, state, since, generation, restarts, failures, crash, failedResumes, true, lastHook);
    }

    SessionModel recovered() {
        return counting(failures.withoutRefusals(), Optional.empty());
    }
}
