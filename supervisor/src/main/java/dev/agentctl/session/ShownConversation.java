package dev.agentctl.session;

import dev.agentctl.agent.AgentEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Follows a person at the terminal to another conversation, where the agent's window's title names the one that it
/// shows: no hook tells of that before the next prompt. What a title says counts only where the agent's own process
/// has a file of that conversation open, for a tool could print a title too.
///
/// Only its session's mailbox calls it, except where noted.
final class ShownConversation {
    /// The file of one that is resumed is opened within a moment of the title.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final int LOOKS = 4;

    private final Interior session;
    private final OpenFiles files = new OpenFiles(Path.of("/proc"));
    private String latest = "";

    ShownConversation(Interior session) {
        this.session = session;
    }

    /// The title has changed to this beginning of an id. Any thread.
    void titled(long generation, String beginning) {
        session.mailbox().post(() -> {
            latest = beginning;
            look(generation, beginning, LOOKS);
        });
    }

    /// Looks for it among the open files.
    ///
    /// @param looks how many are left, this one included
    private void look(long generation, String beginning, int looks) {
        SessionView view = session.view();
        if (generation != view.model().generation() || !beginning.equals(latest) || isKnown(view.memory(), beginning)) {
            return;
        }
        long pid = view.state().childPid();
        Optional<AgentEvent.ConversationBegan> shown =
                pid == 0 ? Optional.empty() : session.agent().conversation(files.of(pid), beginning);
        shown.ifPresent(this::remember);
        if (looks > 1 && shown.flatMap(AgentEvent.ConversationBegan::transcript).isEmpty()) {
            session.mailbox().postAfter(AGAIN, () -> look(generation, beginning, looks - 1));
        }
    }

    private static boolean isKnown(Memory memory, String beginning) {
        return memory.transcript().isPresent()
                && memory.conversation().filter(id -> id.startsWith(beginning)).isPresent();
    }

    private void remember(AgentEvent.ConversationBegan shown) {
        Memory memory = session.view().memory();
        boolean same = memory.conversation().equals(Optional.of(shown.id()));
        session.record()
                .keep(memory.inConversation(
                        Optional.of(shown.id()), shown.transcript().map(Path::toString), same && memory.prompted()));
    }
}
