package dev.agentctl.daemon;

import dev.agentctl.console.ConsoleChat;
import dev.agentctl.store.Audit;
import dev.agentctl.store.BridgeTokens;
import dev.agentctl.store.ButtonTable;
import dev.agentctl.store.CallTable;
import dev.agentctl.store.Database;
import dev.agentctl.store.Inbox;
import dev.agentctl.store.Members;
import dev.agentctl.store.MessageTable;
import dev.agentctl.store.MuteTable;
import dev.agentctl.store.Once;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.PromptTable;
import dev.agentctl.store.QuestionTable;
import dev.agentctl.store.RemoteTokens;
import dev.agentctl.store.SessionTable;
import dev.agentctl.store.Settings;
import dev.agentctl.store.Tallies;
import dev.agentctl.store.Topics;
import java.time.Instant;
import java.time.InstantSource;

/// All that is durable, in one state file.
record Tables(
        Settings settings,
        SessionTable sessions,
        MessageTable queue,
        QuestionTable questions,
        PromptTable prompts,
        CallTable calls,
        Inbox inbox,
        Outbox outbox,
        Once once,
        ButtonTable buttons,
        MuteTable mutes,
        Topics topics,
        Members members,
        Audit audit,
        BridgeTokens bridges,
        RemoteTokens remoteTokens,
        Tallies tallies) {

    static Tables of(Database database, InstantSource clock) {
        return new Tables(
                new Settings(database),
                new SessionTable(database),
                new MessageTable(database, clock),
                new QuestionTable(database, clock),
                new PromptTable(database, clock),
                new CallTable(database, clock),
                new Inbox(database, clock),
                new Outbox(database, clock, ConsoleChat.ADDRESS),
                new Once(database, clock),
                new ButtonTable(database, clock),
                new MuteTable(database, clock),
                new Topics(database),
                new Members(database, clock),
                new Audit(database, clock),
                new BridgeTokens(database, clock),
                new RemoteTokens(database, clock),
                new Tallies(database));
    }

    /// Forgets what was settled before then.
    void trim(Instant before) {
        outbox.trim(before);
        inbox.trim(before);
        buttons.trim(before);
        prompts.trim(before);
        calls.trim(before);
        bridges.trim(before);
        once.trim(before);
    }
}
