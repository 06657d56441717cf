package dev.agentctl.tools;

/// One run of an agent's hook.
///
/// @param event the last part of the hook's address, such as `PermissionRequest`
/// @param key what the hook calls this run; a hook that comes back after a lost connection says the same again.
///     Empty where it gave none
/// @param json the hook's payload, exactly as it was sent; at most [#MOST_BYTES] of UTF-8, not checked to be JSON
public record HookCall(String event, String key, String json) {
    /// A hook carries whole tool inputs and results.
    public static final int MOST_BYTES = 16 << 20;
}
