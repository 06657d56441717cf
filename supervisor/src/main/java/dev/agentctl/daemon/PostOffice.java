package dev.agentctl.daemon;

import dev.agentctl.chat.Chat;
import dev.agentctl.chat.ChatAddress;
import dev.agentctl.chat.Masking;
import dev.agentctl.chat.Mutes;
import dev.agentctl.chat.Outgoing;
import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.chat.Post;
import dev.agentctl.store.Once;
import dev.agentctl.store.Outbox;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Puts what is to be shown into the outbox, for the chat it names or for every chat, and wakes the chats.
final class PostOffice implements Post {
    private final Outbox outbox;
    private final Once once;
    private final List<ChatAddress> everywhere;
    private final Mutes mutes;
    private final Optional<Quiet> quiet;
    private final Masking masking;
    private final CopyOnWriteArrayList<Chat> chats = new CopyOnWriteArrayList<>();

    /// @param everywhere where unsolicited messages go, one address for each chat
    /// @param masking what none of them is to show
    PostOffice(
            Outbox outbox,
            Once once,
            List<ChatAddress> everywhere,
            Mutes mutes,
            Optional<Quiet> quiet,
            Masking masking) {
        this.outbox = outbox;
        this.once = once;
        this.everywhere = List.copyOf(everywhere);
        this.mutes = mutes;
        this.quiet = quiet;
        this.masking = masking;
    }

    void connect(Chat chat) {
        chats.add(chat);
        chat.outboxChanged();
    }

    @Override
    public void send(Outgoing outgoing) {
        store(masking.of(outgoing));
        wake();
    }

    @Override
    public void sendOnce(String key, Outgoing outgoing) {
        once.run(key, () -> store(masking.of(outgoing)));
        wake();
    }

    private void store(Outgoing outgoing) {
        if (outgoing instanceof Outgoing.Live live
                && live.session().filter(mutes::isMuted).isPresent()) {
            return;
        }
        if (outgoing.to().isPresent()) {
            outbox.add(outgoing);
        } else {
            everywhere.forEach(address -> outbox.add(to(address, quietened(address, outgoing))));
        }
    }

    /// In quiet hours everyone's, and always a muted session's last words come without a sound; what it waits for, and
    /// accidents, still ring.
    private Outgoing quietened(ChatAddress address, Outgoing outgoing) {
        boolean quietNow = quiet.filter(hours -> hours.silences(address)).isPresent();
        return outgoing instanceof Outgoing.Text text
                        && text.kind() == Kind.FINAL
                        && text.session()
                                .filter(session -> quietNow || mutes.isMuted(session))
                                .isPresent()
                ? new Outgoing.Text(Kind.REPLY, text.to(), text.session(), text.markdown(), text.replyTo())
                : outgoing;
    }

    private static Outgoing to(ChatAddress address, Outgoing outgoing) {
        Optional<ChatAddress> to = Optional.of(address);
        return switch (outgoing) {
            case Outgoing.Text text ->
                new Outgoing.Text(text.kind(), to, text.session(), text.markdown(), text.replyTo());
            case Outgoing.Document document ->
                new Outgoing.Document(
                        to,
                        document.session(),
                        document.file(),
                        document.name(),
                        document.caption(),
                        document.replyTo());
            case Outgoing.Card card ->
                new Outgoing.Card(
                        card.kind(), to, card.session(), card.name(), card.markdown(), card.rows(), card.replyTo());
            case Outgoing.Live live ->
                new Outgoing.Live(to, live.session(), live.name(), live.markdown(), live.shownAs());
            case Outgoing.CardChange change ->
                new Outgoing.CardChange(to, change.session(), change.name(), change.outcome());
            case Outgoing.Receipt receipt -> new Outgoing.Receipt(to, receipt.messageId(), receipt.progress());
        };
    }

    private void wake() {
        chats.forEach(Chat::outboxChanged);
    }
}
