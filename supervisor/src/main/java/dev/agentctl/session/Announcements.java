package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.AgentEvent.StatusPrinted;
import dev.agentctl.terminal.TerminalEvent;
import java.util.Optional;

/// What the child that draws a screen has printed of itself: its state, and the conversation that the window's title
/// names. Of what was printed before its log is read live only the last word counts.
///
/// Its screen guards it.
final class Announcements {
    private final Agent agent;
    private final StatusSink states;
    private final TitleSink titles;
    private long generation;
    private Optional<StatusPrinted> status = Optional.empty();
    private boolean statusTold = true;
    /// The beginning of the conversation's id, and the one that was told.
    private String title = "";

    private String titleTold = "";

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

    /// What is left of it in a checkpoint.
    ///
    /// @param generation the number of the child that printed it
    /// @param status the last that was printed
    /// @param title the beginning of the conversation's id, empty where none was named
    record Left(long generation, Optional<StatusPrinted> status, String title) {
        static final Left NOTHING = new Left(0, Optional.empty(), "");
    }

    Announcements(Agent agent, StatusSink states, TitleSink titles) {
        this.agent = agent;
        this.states = states;
        this.titles = titles;
    }

    /// Goes on where a child was heard of before. What another one has left says nothing of it.
    void goOn(long child, Left left) {
        Left own = left.generation == child ? left : Left.NOTHING;
        generation = child;
        status = own.status;
        statusTold = status.isEmpty();
        title = own.title;
        titleTold = "";
    }

    /// Another child has been started.
    void started(long child) {
        goOn(child, Left.NOTHING);
    }

    /// Takes what the terminal tells; returns whether it was a state.
    boolean heard(TerminalEvent event) {
        if (event instanceof TerminalEvent.Title(String window)) {
            agent.conversationTitled(window).ifPresent(beginning -> title = beginning);
        }
        Optional<StatusPrinted> now = statusOf(event);
        if (now.isPresent()) {
            status = now;
            statusTold = false;
        }
        return now.isPresent();
    }

    private Optional<StatusPrinted> statusOf(TerminalEvent event) {
        return switch (event) {
            case TerminalEvent.ProgramStatus printed ->
                Optional.of(new StatusPrinted(printed.state(), printed.kind(), printed.message()));
            case TerminalEvent.Title(String window) -> agent.titled(window);
            case TerminalEvent.Bell _,
                    TerminalEvent.Notification _,
                    TerminalEvent.Progress _,
                    TerminalEvent.PromptMark _,
                    TerminalEvent.ClipboardDropped _ -> Optional.empty();
        };
    }

    /// Tells what was not told yet.
    void tell() {
        if (status.isPresent() && !statusTold) {
            statusTold = true;
            states.printed(generation, status.get());
        }
        if (!title.equals(titleTold)) {
            titleTold = title;
            titles.titled(generation, title);
        }
    }

    /// The number of the child that draws; 0 where none is known.
    long generation() {
        return generation;
    }

    Left left() {
        return new Left(generation, status, title);
    }
}
