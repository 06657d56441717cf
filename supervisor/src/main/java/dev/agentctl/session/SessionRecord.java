package dev.agentctl.session;

import dev.agentctl.project.Project;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known and remembered of a session, and who waits to see it become something.
///
/// Any thread may look and wait; only its session's mailbox changes it.
final class SessionRecord {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRecord.class);

    private final SessionMemory store;
    private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
    private volatile SessionView view;
    private boolean unsaved;

    private record Watch(Predicate<SessionView> wanted, CompletableFuture<SessionView> seen) {}

    SessionRecord(SessionMemory store, SessionView view) {
        this.store = store;
        this.view = view;
    }

    SessionView view() {
        return view;
    }

    /// Completes when a published view is as wanted; the caller sees to it that the present one is published anew.
    CompletableFuture<SessionView> when(Predicate<SessionView> wanted) {
        Watch watch = new Watch(wanted, new CompletableFuture<>());
        watches.add(watch);
        return watch.seen;
    }

    /// What its project says now.
    void follow(Project project) {
        publish(new SessionView(project, view.model(), view.memory()));
    }

    /// Another wish than the last step's.
    void wish(Desired desired) {
        publish(new SessionView(view.project(), view.model().wanting(desired), view.memory()));
        keep(view.memory().ofModel(view.model()));
    }

    /// What a step of the lifecycle came to.
    void step(SessionModel model) {
        Memory memory = view.memory().ofModel(model);
        if (model.state() instanceof SessionState.Stopped && memory.desired() == Desired.DOWN) {
            // a person ended the turn with the session: nothing is to be taken up again
            memory = memory.inTurn(false, Optional.empty());
        }
        save(memory);
        publish(new SessionView(view.project(), model, memory));
    }

    /// The same, where a start after a crash follows at once: what that keeps has it all, so that one save
    /// stands between a child's end and the next child. A supervisor that is killed before finds that the child
    /// it remembers has ended, and comes to the same step.
    void stepToStart(SessionModel model) {
        unsaved = true;
        publish(new SessionView(view.project(), model, view.memory().ofModel(model)));
    }

    void keep(Memory memory) {
        save(memory);
        if (!memory.equals(view.memory())) {
            publish(new SessionView(view.project(), view.model(), memory));
        }
    }

    /// Without room on the disk the session goes on; what it then forgets is saved with its next change.
    private void save(Memory memory) {
        if (!unsaved && memory.equals(view.memory())) {
            return;
        }
        try {
            store.save(view.name(), memory);
            unsaved = false;
        } catch (NotKeptException e) {
            LOG.debug("the state of session {} is not saved: {}", view.name(), e.getMessage());
            unsaved = true;
        }
    }

    private void publish(SessionView next) {
        view = next;
        published();
    }

    /// Those who wait look again.
    void published() {
        SessionView seen = view;
        for (Watch watch : watches) {
            if (watch.wanted.test(seen)) {
                watches.remove(watch);
                watch.seen.complete(seen);
            }
        }
    }
}
