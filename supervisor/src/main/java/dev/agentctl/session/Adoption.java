package dev.agentctl.session;

import dev.agentctl.host.HostedSession;
import dev.agentctl.project.RestartMode;

/// How a session begins in a supervisor that has just started, or has just reached the host: with what is there of it.
/// Only its session's mailbox calls it. A disk that takes nothing keeps no child from being taken up.
final class Adoption {
    private final Interior session;
    private final Typist typist;
    private final HookReports hooks;
    private final PatternWatch patterns;
    private final ChildActs acts;

    Adoption(Interior session, Typist typist, HookReports hooks, PatternWatch patterns, ChildActs acts) {
        this.session = session;
        this.typist = typist;
        this.hooks = hooks;
        this.patterns = patterns;
        this.acts = acts;
    }

    /// Takes up the child that runs, or the end of it that was missed.
    void takeUp(HostedSession hosted) {
        SessionModel model = session.view().model();
        boolean ours = hosted.generation() == model.generation() && hosted.generation() > 0;
        boolean unheard = model.desired() == Desired.UP
                && session.view().memory().verdict().isEmpty()
                && !(model.state() instanceof SessionState.Backoff);
        // before the first look at the queue, for what a former supervisor was typing comes first
        session.mailbox().regardless(() -> typist.takeOver(session.name()));
        if (hosted.alive()) {
            running(hosted, ours);
        } else if (ours && (unheard || model.state().childPid() != 0)) {
            ended(hosted);
        } else {
            withoutChild();
        }
    }

    private void running(HostedSession hosted, boolean ours) {
        Memory memory = session.view().memory();
        session.happen(
                ours
                        ? new SessionEvent.Adopted(
                                hosted.generation(), hosted.pid(), memory.last().limited(), memory.heard())
                        : new SessionEvent.Adopted(hosted.generation(), hosted.pid()));
        hooks.readSpool(hosted.generation());
        // an end that an old report told is waited for from now
        session.happen(new SessionEvent.TimeUp(hosted.generation(), SessionEvent.Timer.LIMIT_OVER));
        session.mailbox().regardless(() -> typist.pump(session.name()));
        patterns.drawn();
    }

    private void ended(HostedSession hosted) {
        if (session.view().state().childPid() == 0) {
            session.happen(new SessionEvent.Adopted(hosted.generation(), hosted.pid()));
        }
        hooks.readSpool(hosted.generation());
        session.happen(new SessionEvent.ChildEnded(hosted.generation(), hosted.status()));
    }

    /// The host has nothing of the session.
    void withoutChild() {
        session.mailbox().regardless(() -> typist.takeOver(session.name()));
        if (session.view().state().childPid() != 0) {
            session.happen(new SessionEvent.HostLost());
            return;
        }
        hooks.readSpool(session.view().model().generation());
        session.mailbox().regardless(typist::childEnded);
        if (!(session.view().state() instanceof SessionState.Starting)) {
            acts.sweep();
        }
    }

    /// Starts it together with the supervisor, unless it runs, or a person or it itself has ended it.
    void autostart() {
        SessionView view = session.view();
        Memory memory = view.memory();
        boolean never = memory.generation() == 0;
        boolean wasUp = memory.desired() == Desired.UP && memory.verdict().isEmpty();
        boolean always = view.project().restart() == RestartMode.ALWAYS;
        boolean resting = view.state() instanceof SessionState.Stopped
                || view.state() instanceof SessionState.Exited
                || view.state() instanceof SessionState.Failed;
        if (resting && (wasUp || (view.project().autostart() && (never || always)))) {
            session.happen(new SessionEvent.StartAsked(false));
        }
    }
}
