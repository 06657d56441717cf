package dev.agentctl.doctor;

/// What the product relies on in an agent's command line, in the order in which it is tried.
public enum Capability {
    START("start", "agentctl cannot run it: see why with `attach`, or install another version"),
    TYPING("typing", "messages stay queued or end as uncertain: type them yourself after `attach`"),
    HOOKS("hooks", "states come from the terminal alone, final words are not sent to the chat"),
    PRINTED_STATE(
            "printed state",
            "its state comes from hooks alone: what it asks before its first hook shows after 10 s and without words"),
    CONVERSATION("conversation id", "a crash ends its conversation: the next start begins a new one"),
    TRANSCRIPT("transcript", "`logs --transcript` and the tokens in `status` stay empty, fewer messages can be proven"),
    TOOLS("tools", "it cannot notify or ask you: notify, ask and the others are missing"),
    REFUSAL("refusal", "a dialog cannot be denied from afar: answer it after `attach`, or with `keys`"),
    APPROVAL("approval", "a dialog cannot be allowed from afar: answer it after `attach`, or with `keys`"),
    RESUME("resume", "a crash ends its conversation: the next start begins a new one");

    private final String label;
    private final String without;

    Capability(String label, String without) {
        this.label = label;
        this.without = without;
    }

    /// For a person.
    public String label() {
        return label;
    }

    /// What its lack means for the operator.
    public String without() {
        return without;
    }
}
