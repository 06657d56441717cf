package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.AgentEvent.StatusPrinted;
import dev.agentctl.terminal.TerminalEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent prints of itself: its state, and in its window's title the conversation that it shows. Of what was
/// printed before somebody listens only the last counts. Its screen guards it.
final class Announcements {
    private final Agent agent;
    private final StatusSink states;
    private final TitleSink titles;
    private @Nullable StatusPrinted untold;
    /// The beginning of its conversation's id, and the one that was told.
    private String titled = "";

    private String toldTitled = "";

    /// Who hears of the state that an agent prints to its terminal.
    @FunctionalInterface
    interface StatusSink {
        void printed(long generation, StatusPrinted status);
    }

    /// Who hears the beginning of the id of the conversation that the window's title names anew.
    @FunctionalInterface
    interface TitleSink {
        void titled(long generation, String beginning);
    }

    Announcements(Agent agent, StatusSink states, TitleSink titles) {
        this.agent = agent;
        this.states = states;
        this.titles = titles;
    }

    /// There is another child: what the one before printed says nothing of this one.
    void forget() {
        untold = null;
        titled = "";
        toldTitled = "";
    }

    /// Gives whether it is a state, which is to be told before the next one comes.
    boolean heard(TerminalEvent event) {
        if (event instanceof TerminalEvent.Title(String title)) {
            agent.conversationTitled(title).ifPresent(beginning -> titled = beginning);
        }
        Optional<StatusPrinted> status = statusOf(event);
        status.ifPresent(printed -> untold = printed);
        return status.isPresent();
    }

    private Optional<StatusPrinted> statusOf(TerminalEvent event) {
        return switch (event) {
            case TerminalEvent.ProgramStatus status ->
                Optional.of(new StatusPrinted(status.state(), status.kind(), status.message()));
            case TerminalEvent.Title(String title) -> agent.titled(title);
            case TerminalEvent.Bell _,
                    TerminalEvent.Notification _,
                    TerminalEvent.Progress _,
                    TerminalEvent.PromptMark _,
                    TerminalEvent.ClipboardDropped _ -> Optional.empty();
        };
    }

    /// Tells what is new.
    void tell(long generation) {
        StatusPrinted status = untold;
        if (status != null) {
            untold = null;
            states.printed(generation, status);
        }
        if (!titled.equals(toldTitled)) {
            toldTitled = titled;
            titles.titled(generation, titled);
        }
    }
}
