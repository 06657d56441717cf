package dev.agentctl.cli;

import dev.agentctl.control.ControlReply.Said;
import dev.agentctl.demo.Milestone;
import java.util.Optional;

/// How far the demo has come, by what the chat showed and what the person wrote; and what is told about it.
///
/// ```
/// working ──question──► asked ──/to──► answered ──built──► killed ──back──► free ──/to──► hearing ──heard──► free
///    └──────built──────────┴────────────────────────────────►┘
/// ```
///
/// In `asked` and `free` it is the person's turn.
final class DemoStory {
    private static final String TO = "/to " + DemoHome.PROJECT + " ";

    private Chapter chapter = Chapter.WORKING;

    private enum Chapter {
        WORKING,
        ASKED,
        ANSWERED,
        KILLED,
        FREE,
        HEARING
    }

    /// What is to follow.
    enum Next {
        /// The person is told that it is their turn to answer.
        INVITE_ANSWER,
        KILL,
        /// The person is told that it is over and what can be tried.
        INVITE_PLAY
    }

    /// The chat showed something.
    Optional<Next> heard(Said said) {
        if (!said.session().equals(Optional.of(DemoHome.PROJECT))) {
            return Optional.empty();
        }
        return switch (chapter) {
            case WORKING, ASKED, ANSWERED -> {
                if (Milestone.BUILT.isIn(said.text())) {
                    yield to(Chapter.KILLED, Next.KILL);
                }
                boolean asks = chapter == Chapter.WORKING && said.kind().equals("question");
                yield asks ? to(Chapter.ASKED, Next.INVITE_ANSWER) : Optional.empty();
            }
            case KILLED -> Milestone.BACK.isIn(said.text()) ? to(Chapter.FREE, Next.INVITE_PLAY) : Optional.empty();
            case HEARING -> {
                if (Milestone.HEARD.isIn(said.text())) {
                    chapter = Chapter.FREE;
                }
                yield Optional.empty();
            }
            case FREE -> Optional.empty();
        };
    }

    private Optional<Next> to(Chapter next, Next action) {
        chapter = next;
        return Optional.of(action);
    }

    /// The person wrote a line.
    void wrote(String line) {
        if (line.startsWith(TO)) {
            switch (chapter) {
                case ASKED -> chapter = Chapter.ANSWERED;
                case FREE -> chapter = Chapter.HEARING;
                case WORKING, ANSWERED, KILLED, HEARING -> {}
            }
        }
    }

    /// Whether nothing more happens before the person writes.
    boolean personsTurn() {
        return chapter == Chapter.ASKED || chapter == Chapter.FREE;
    }
}
