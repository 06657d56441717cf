package dev.agentctl.agent;

import java.util.Optional;

/// Why the model's side refuses to go on, where that lasts: another prompt would be refused as well.
public enum Limit {
    /// So much was used that no more is given for now.
    USAGE("usage limit"),
    /// The login has expired, or there is none.
    LOGIN("login needed"),
    /// Nothing is given before its owner has settled something, such as a bill.
    ACCOUNT("account on hold");

    private final String words;

    Limit(String words) {
        this.words = words;
    }

    /// For a person.
    public String words() {
        return words;
    }

    /// From the kind of error that Claude Code's `StopFailure` hook names; empty for one that may be gone with the next
    /// prompt.
    static Optional<Limit> ofClaude(String error) {
        return switch (error) {
            case "rate_limit" -> Optional.of(USAGE);
            case "authentication_failed", "oauth_org_not_allowed", "cloud_credential_error" -> Optional.of(LOGIN);
            case "billing_error", "account_on_hold", "verification_required" -> Optional.of(ACCOUNT);
            default -> Optional.empty();
        };
    }
}
