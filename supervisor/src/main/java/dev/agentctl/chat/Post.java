package dev.agentctl.chat;

/// Takes what is to be shown to operators. It is durable when a method returns.
public interface Post {
    /// Sends to the address it names, or without one to every chat.
    void send(Outgoing outgoing);

    /// Sends unless something was sent with this key before.
    void sendOnce(String key, Outgoing outgoing);
}
