package dev.agentctl.telegram;

import dev.agentctl.store.Audit;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.Settings;
import dev.agentctl.store.Topics;

/// The durable state that the chat works on.
public record Stores(Inbox inbox, Outbox outbox, Audit audit, Topics topics, Members members, Settings settings) {}
