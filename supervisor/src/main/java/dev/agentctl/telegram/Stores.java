package dev.agentctl.telegram;

import dev.agentctl.store.Audit;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Outbox;

/// The durable state that the chat works on.
record Stores(Inbox inbox, Outbox outbox, Audit audit) {}
