package dev.agentctl.chat;

/// A place where operators talk with sessions: Telegram, the console.
///
/// Everything outgoing is a row of the outbox first; a chat only delivers rows. That keeps order and nothing is lost
/// over a restart.
public interface Chat extends AutoCloseable {
    /// The name in [ChatAddress#chat()].
    String name();

    /// Tells the chat that its outbox has new rows. Never blocks.
    void outboxChanged();

    @Override
    void close();
}
