package dev.agentctl.tools;

import java.util.Optional;

/// A client of the operator's own, as proved by a token that `agentctl token create` made.
///
/// @param name the token's
/// @param mayWrite whether it may do more than look
/// @param project the only one that it reaches; empty: all
public record Guest(String name, boolean mayWrite, Optional<String> project) {
    /// No project has a name like that, so that a guest is never taken for an agent.
    private static final String MARK = "@";

    boolean sees(String session) {
        return project.isEmpty() || project.get().equals(session);
    }

    Caller caller() {
        return new Caller(MARK + name, 0);
    }

    /// The name of the guest who is this caller.
    static String nameOf(Caller caller) {
        return caller.session().substring(MARK.length());
    }
}
