package dev.agentctl.session;

/// What an agent's child had said of itself when a supervisor took it up.
enum Heard {
    /// Not even that its conversation has begun: a dialog may be open that comes before that.
    NOTHING,
    /// That its conversation has begun, and no turn is open.
    GREETING,
    /// That it is in a turn; or it is not known what.
    MORE
}
