package dev.agentctl.tools;

/// A tool for an operator's own client.
///
/// @param writes whether it does more than look
record FleetTool(Contract contract, boolean writes, Guests guests, Act act) implements Tool {
    /// What it does.
    interface Act {
        Outcome run(Guest guest, ToolCall call, Arguments arguments);
    }

    @Override
    public boolean isFor(Caller caller) {
        return guests.named(Guest.nameOf(caller)).filter(this::mayUse).isPresent();
    }

    private boolean mayUse(Guest guest) {
        return guest.mayWrite() || !writes;
    }

    @Override
    public Outcome call(ToolCall call, Arguments arguments) {
        Guest guest = guests.named(Guest.nameOf(call.caller())).orElse(null);
        if (guest == null) {
            return new Outcome.Failed("the token is no longer valid; the operator makes another with: agentctl token");
        }
        return mayUse(guest)
                ? act.run(guest, call, arguments)
                : new Outcome.Failed("nothing was done: the token '" + guest.name() + "' may only look (scope read)");
    }
}
