package dev.agentctl.chat;

/// A button below a [Outgoing.Card].
///
/// @param label what is written on it; one line
/// @param action the random id that a chat hands back when it is pressed, 32 hexadecimal digits; see [ButtonBook]
/// @param command the chat command that does the same, for those who have no buttons
public record Button(String label, String action, String command) {}
