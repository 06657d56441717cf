package dev.agentctl.session;

import dev.agentctl.project.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// What the typist sees of its session: its state, its screen, and whoever presses keys in its terminal.
///
/// @param person who was seen there last
record TypingSituation(Interior session, PatternWatch patterns, SessionScreen screen, Supplier<PersonAtTerminal> person)
        implements Typist.Situation {
    /// For so long after its start an agent may still be drawing itself anew, see [dev.agentctl.agent.Agent#settling].
    private static final Duration STARTING = Duration.ofSeconds(60);

    @Override
    public boolean accepts() {
        return isAtRest() && isReady();
    }

    @Override
    public boolean isHidden() {
        return isAtRest() && !isReady();
    }

    private boolean isReady() {
        return hasSettled() && showsComposer();
    }

    private boolean hasSettled() {
        Duration still = session.agent().settling();
        return still.isZero()
                || !(session.view().state() instanceof SessionState.Running running)
                || session.now().isAfter(running.startedAt().plus(STARTING))
                || screen.quiet().compareTo(still) >= 0;
    }

    private boolean showsComposer() {
        return session.agent().showsComposer(() -> screen.look().text());
    }

    private boolean isAtRest() {
        return !personTypes()
                && session.view().state() instanceof SessionState.Running running
                && switch (running.activity()) {
                    case Activity.Idle _, Activity.Background _ -> patterns.takesMessages();
                    case Activity.Unknown _ ->
                        !session.agent().reports()
                                && !session.view().project().habits().tellWork()
                                && patterns.takesMessages();
                    case Activity.Working _,
                            Activity.Limited _,
                            Activity.Stuck _,
                            Activity.Covered _,
                            Activity.AwaitingApproval _,
                            Activity.AwaitingAnswer _ -> false;
                };
    }

    /// The echo of what was typed hides the prompt of a program that is known by its screen alone.
    @Override
    public boolean submits() {
        return session.view().project().habits().anyPattern()
                ? session.view().state() instanceof SessionState.Running && !personTypes() && !patterns.showsDialog()
                : isAtRest() && showsComposer();
    }

    private boolean personTypes() {
        return person.get().types(session.now());
    }

    @Override
    public void submitted() {
        patterns.typed(generation());
    }

    @Override
    public long generation() {
        return session.view().model().generation();
    }

    @Override
    public boolean bracketedPaste() {
        Optional<Inject> said = session.view().project().habits().inject();
        return said.isPresent() ? said.get() == Inject.PASTE : screen.bracketedPaste();
    }

    @Override
    public String screenText() {
        return screen.look().text();
    }

    @Override
    public boolean transcriptHas(String text) {
        return session.view()
                .memory()
                .transcript()
                .map(Path::of)
                .filter(file -> Transcript.has(file, text))
                .isPresent();
    }
}
