package dev.agentctl.console;

import dev.agentctl.chat.Chat;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Incoming;
import dev.agentctl.chat.IncomingHandler;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.control.ConsoleConnection;
import dev.agentctl.control.ControlReply;
import dev.agentctl.store.Outbox;
import dev.agentctl.store.OutboxRow;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The chat of whoever sits at a terminal of this machine. Every open console sees every message; what came while
/// none was open is shown to the next one. A terminal has no limits that would let anything wait: all is shown in the
/// order in which it was said.
public final class ConsoleChat implements Chat {
    public static final String NAME = "console";
    public static final ChatAddress ADDRESS = ChatAddress.of(NAME, NAME);
    /// What a person who comes back is shown at most; older news is dropped.
    private static final int MOST_KEPT = 500;

    private final Outbox outbox;
    private final IncomingHandler handler;
    private final InstantSource clock;
    private final Set<ConsoleConnection> consoles = ConcurrentHashMap.newKeySet();
    private final ReentrantLock delivering = new ReentrantLock();

    public ConsoleChat(Outbox outbox, IncomingHandler handler, InstantSource clock) {
        this.outbox = outbox;
        this.handler = handler;
        this.clock = clock;
        outbox.recover(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void outboxChanged() {
        Thread.ofVirtual().name("console").start(this::deliver);
    }

    /// Serves one console until it is closed.
    public void serve(ConsoleConnection console) throws IOException {
        consoles.add(console);
        try {
            deliver();
            Optional<String> line = console.line();
            while (line.isPresent()) {
                handle(line.get());
                deliver();
                console.send(new ControlReply.LineDone());
                line = console.line();
            }
        } finally {
            consoles.remove(console);
        }
    }

    private void handle(String line) {
        String id = UUID.randomUUID().toString();
        String user = String.valueOf(System.getProperty("user.name"));
        handler.handle(new Incoming(NAME + ":" + id, ADDRESS, user, id, line, Optional.empty(), clock.instant()));
    }

    private void deliver() {
        delivering.lock();
        try {
            if (consoles.isEmpty()) {
                dropOldest();
                return;
            }
            Optional<Long> oldest = outbox.oldest(NAME);
            while (oldest.isPresent() && !consoles.isEmpty()) {
                outbox.attempt(oldest.get()).ifPresent(this::show);
                oldest = outbox.oldest(NAME);
            }
        } finally {
            delivering.unlock();
        }
    }

    private void dropOldest() {
        if (outbox.backlog(NAME, NAME) > MOST_KEPT) {
            outbox.oldest(NAME).ifPresent(oldest -> outbox.dropped(oldest, "nobody at the console"));
        }
    }

    private void show(OutboxRow row) {
        said(row.what()).ifPresent(said -> {
            List<ConsoleConnection> gone = new ArrayList<>();
            for (ConsoleConnection console : consoles) {
                try {
                    console.send(said);
                } catch (IOException _) {
                    gone.add(console);
                }
            }
            gone.forEach(consoles::remove);
        });
        outbox.sent(row.id(), Long.toString(row.id()));
    }

    private static Optional<ControlReply.Said> said(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Text text ->
                Optional.of(new ControlReply.Said(
                        text.session(), text.kind().name().toLowerCase(Locale.ROOT), text.markdown()));
            case Outgoing.Card card ->
                Optional.of(new ControlReply.Said(
                        card.session(), card.kind().name().toLowerCase(Locale.ROOT), card.withCommands()));
            // a terminal's lines cannot be changed, and each change as a line is noise
            case Outgoing.Live _ -> Optional.empty();
            case Outgoing.CardChange change ->
                Optional.of(new ControlReply.Said(change.session(), "reply", change.outcome()));
            case Outgoing.Document document ->
                Optional.of(new ControlReply.Said(document.session(), "reply", "file: " + document.file()));
            case Outgoing.Receipt receipt ->
                switch (receipt.progress()) {
                    case STORED, TYPED, WITHDRAWN -> Optional.empty();
                    case ACCEPTED -> Optional.of(new ControlReply.Said(Optional.empty(), "status", "👍 accepted"));
                };
        };
    }

    @Override
    public void close() {
        consoles.clear();
    }
}
