package dev.agentctl.chat;

import dev.agentctl.session.Activity;
import dev.agentctl.session.SessionState;
import dev.agentctl.session.SessionView;

/// A session's state as one picture, for places with no room for words.
public final class StateMark {
    private StateMark() {}

    /// The session's name with its state before it.
    public static String titled(SessionView view) {
        return of(view.state()) + " " + view.name();
    }

    static String of(SessionState state) {
        return switch (state) {
            case SessionState.Stopped _ -> "⏹";
            case SessionState.Starting _ -> "🔄";
            case SessionState.Running running -> of(running.activity());
            case SessionState.Backoff _ -> "💥";
            case SessionState.Stopping _ -> "🔄";
            case SessionState.Exited _ -> "✔";
            case SessionState.Failed _ -> "⛔";
        };
    }

    private static String of(Activity activity) {
        return switch (activity) {
            case Activity.Idle _ -> "🟢";
            case Activity.Working _, Activity.Background _ -> "⏳";
            case Activity.Limited _ -> "🪫";
            case Activity.Stuck _ -> "🧊";
            case Activity.AwaitingApproval _ -> "✋";
            case Activity.AwaitingAnswer _, Activity.Covered _ -> "❓";
            case Activity.Unknown _ -> "▶";
        };
    }
}
