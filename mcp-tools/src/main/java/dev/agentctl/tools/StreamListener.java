package dev.agentctl.tools;

/// Told what becomes of an event stream.
@FunctionalInterface
interface StreamListener {
    StreamListener NONE = () -> {};

    /// Its client has closed it. On the thread that wrote, once.
    void clientGone();

    /// An event has left.
    default void wrote() {}
}
