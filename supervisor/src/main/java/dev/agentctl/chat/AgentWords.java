package dev.agentctl.chat;

import dev.agentctl.chat.Outgoing.Kind;
import dev.agentctl.tools.Caller;
import dev.agentctl.tools.Enclosure;
import dev.agentctl.tools.Notice;
import dev.agentctl.tools.SessionContext;
import dev.agentctl.tools.Shown;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// What agents tell and show their operators without waiting for anything.
///
/// @param contexts what is known of a caller's session
record AgentWords(Post post, Function<Caller, SessionContext> contexts) {
    void tell(Caller caller, Notice notice) {
        post.send(card(caller, notice));
    }

    void tell(Caller caller, Notice notice, String callKey) {
        post.sendOnce("notify:" + caller.session() + ":" + callKey, card(caller, notice));
    }

    private static Outgoing card(Caller caller, Notice notice) {
        String details = notice.details().map(text -> "\n\n" + text).orElse("");
        String event = notice.event().isBlank() ? "" : "**" + SafeText.of(notice.event()) + "** ";
        return text(caller.session(), "🔔 " + event + notice.summary() + details);
    }

    Shown show(Caller caller, Enclosure enclosure, String callKey) {
        Path project = Path.of(contexts.apply(caller).directory());
        return switch (Exhibit.of(caller.session(), project, enclosure)) {
            case Exhibit.Ready(Outgoing outgoing) -> {
                post.sendOnce("show:" + caller.session() + ":" + callKey, outgoing);
                yield new Shown.Stored();
            }
            case Exhibit.Refused(String reason) -> new Shown.Refused(reason);
        };
    }

    /// A message of a session that rings.
    static Outgoing text(String session, String markdown) {
        return new Outgoing.Text(Kind.FINAL, Optional.empty(), Optional.of(session), markdown, Optional.empty());
    }
}
