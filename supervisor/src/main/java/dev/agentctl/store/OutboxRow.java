package dev.agentctl.store;

import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Outgoing.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of the [Outbox] on its way.
///
/// @param to where it goes; resolved, so always known
/// @param partsSent how many parts of a long text have already arrived
/// @param repeat the current part may have arrived before, so it must be marked as a possible repeat
/// @param attempts how often its delivery was begun, this attempt included
/// @param changes the card that a [Outgoing.CardChange] is about, if it is known
public record OutboxRow(
        long id,
        ChatAddress to,
        Outgoing what,
        int partsSent,
        boolean repeat,
        int attempts,
        Instant createdAt,
        Optional<ShownCard> changes) {

    static final String CHANGE = "CHANGE";
    static final String LIVE = "LIVE";
    /// A document that takes its time; see [Waiting#isUpload].
    static final String UPLOAD = "UPLOAD";

    private static final String DOCUMENT = "DOCUMENT";
    private static final long LARGE = 256L << 10;
    private static final String RECEIPT = "RECEIPT";

    static final String COLUMNS =
            "id, chat, room, thread, session, kind, body, file, name, reply_to, parts_sent, repeated, attempts,"
                    + " created_at, (SELECT buttons FROM card WHERE card.row = outbox.id) AS buttons";

    static OutboxRow read(Sql.Row row) throws SQLException {
        ChatAddress to = new ChatAddress(row.text("chat"), row.text("room"), row.textOrNone("thread"));
        return new OutboxRow(
                row.number("id"),
                to,
                outgoing(row, to),
                (int) row.number("parts_sent"),
                row.number("repeated") == 1,
                (int) row.number("attempts"),
                row.time("created_at"),
                Optional.empty());
    }

    /// The same about something that is shown already.
    OutboxRow showing(Outgoing shown) {
        return new OutboxRow(id, to, shown, partsSent, repeat, attempts, createdAt, changes);
    }

    /// The same in a thread of its room.
    public OutboxRow in(String thread) {
        ChatAddress there = new ChatAddress(to.chat(), to.room(), Optional.of(thread));
        return new OutboxRow(id, there, what, partsSent, repeat, attempts, createdAt, changes);
    }

    /// The same, with the card that it changes.
    OutboxRow changing(Optional<ShownCard> card) {
        return new OutboxRow(id, to, what, partsSent, repeat, attempts, createdAt, card);
    }

    static long insert(Connection connection, Outgoing outgoing, ChatAddress to, Instant now) throws SQLException {
        Fields fields = fields(outgoing);
        return Sql.first(
                        connection,
                        row -> row.number("id"),
                        "INSERT INTO outbox (chat, room, thread, session, kind, body, file, name, reply_to, state,"
                                + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?) RETURNING id",
                        to.chat(),
                        to.room(),
                        to.thread().orElse(null),
                        fields.session(),
                        fields.kind(),
                        fields.body(),
                        fields.file(),
                        fields.name(),
                        fields.replyTo(),
                        now.toEpochMilli())
                .orElseThrow();
    }

    private record Fields(
            String kind,
            @Nullable String session,
            String body,
            @Nullable String file,
            @Nullable String name,
            @Nullable String replyTo) {}

    private static Fields fields(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Text text ->
                new Fields(
                        text.kind().name(),
                        text.session().orElse(null),
                        text.markdown(),
                        null,
                        null,
                        text.replyTo().orElse(null));
            case Outgoing.Document document ->
                new Fields(
                        isLarge(document.file()) ? UPLOAD : DOCUMENT,
                        document.session().orElse(null),
                        document.caption(),
                        document.file().toString(),
                        document.name(),
                        document.replyTo().orElse(null));
            case Outgoing.Card card ->
                new Fields(
                        card.kind().name(),
                        card.session().orElse(null),
                        card.markdown(),
                        null,
                        card.name(),
                        card.replyTo().orElse(null));
            case Outgoing.Live live ->
                new Fields(LIVE, live.session().orElse(null), live.markdown(), null, live.name(), null);
            case Outgoing.CardChange change ->
                new Fields(CHANGE, change.session().orElse(null), change.outcome(), null, change.name(), null);
            case Outgoing.Receipt receipt ->
                new Fields(RECEIPT, null, receipt.progress().name(), null, null, receipt.messageId());
        };
    }

    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) > LARGE;
        } catch (IOException _) {
            // it is gone, and that is soon said
            return false;
        }
    }

    private static Outgoing outgoing(Sql.Row row, ChatAddress to) throws SQLException {
        Optional<ChatAddress> address = Optional.of(to);
        Optional<String> session = row.textOrNone("session");
        Optional<String> replyTo = row.textOrNone("reply_to");
        String body = row.text("body");
        return switch (row.text("kind")) {
            case RECEIPT -> new Outgoing.Receipt(address, replyTo.orElse(""), Progress.valueOf(body));
            case DOCUMENT, UPLOAD ->
                new Outgoing.Document(address, session, Path.of(row.text("file")), row.text("name"), body, replyTo);
            case LIVE -> new Outgoing.Live(address, session, row.text("name"), body, Optional.empty());
            case CHANGE -> new Outgoing.CardChange(address, session, row.text("name"), body);
            case String kind
            when row.textOrNone("buttons").isPresent() ->
                new Outgoing.Card(
                        Kind.valueOf(kind),
                        address,
                        session,
                        row.text("name"),
                        body,
                        ButtonRows.read(row.text("buttons")),
                        replyTo);
            case String kind -> new Outgoing.Text(Kind.valueOf(kind), address, session, body, replyTo);
        };
    }
}
