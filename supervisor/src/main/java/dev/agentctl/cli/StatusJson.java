package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.control.TokenReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// The object of `status --json`. Scripts rely on its form; null stands for what is unknown or not there.
final class StatusJson {
    private StatusJson() {}

    /// @param report empty when no supervisor is running
    /// @param messages whether sessions have theirs
    static String of(Optional<ControlReply.Report> report, Optional<RoleProcess> host, boolean messages) {
        Json json = Json.document();
        process(
                json.key("supervisor"),
                report.isPresent() ? Optional.of(report.get().supervisor()) : Optional.empty());
        process(json.key("host"), host);
        json.key("sessions").begin('[');
        if (report.isPresent()) {
            List<SessionReport> sessions = report.get().sessions();
            for (SessionReport session : sessions) {
                session(json, session);
                if (messages) {
                    messages(json, session.messages());
                }
                json.end('}');
            }
        }
        return json.end(']').end('}').toString();
    }

    private static void process(Json json, Optional<RoleProcess> process) {
        if (process.isEmpty()) {
            json.nothing();
            return;
        }
        json.begin('{').key("pid").number(process.get().pid());
        json.key("version").string(process.get().version()).end('}');
    }

    private static void session(Json json, SessionReport session) {
        json.begin('{').key("name").string(session.name());
        json.key("agent").string(session.agent());
        json.key("directory").string(session.directory());
        json.key("desired").string(session.desired());
        json.key("state").string(session.state());
        json.key("evidence").string(session.evidence());
        json.key("since").string(Times.utc(session.since()));
        json.key("pid");
        if (session.pid() == 0) {
            json.nothing();
        } else {
            json.number(session.pid());
        }
        json.key("restarts").number(session.restarts());
        json.key("conversation").optional(session.conversation());
        json.key("queued").number(session.queued());
        json.key("lostBytes").optional(session.lostBytes());
        json.key("tokens");
        if (session.tokens().isPresent()) {
            tokens(json, session.tokens().get());
        } else {
            json.nothing();
        }
    }

    private static void tokens(Json json, TokenReport tokens) {
        json.begin('{').key("input").number(tokens.input());
        json.key("output").number(tokens.output());
        json.key("cached").number(tokens.cached()).key("costUsd");
        if (tokens.microDollars().isPresent()) {
            json.decimal(BigDecimal.valueOf(tokens.microDollars().getAsLong(), 6));
        } else {
            json.nothing();
        }
        json.end('}');
    }

    private static void messages(Json json, List<MessageReport> messages) {
        json.key("messages").begin('[');
        for (MessageReport message : messages) {
            json.begin('{').key("text").string(message.text());
            delivery(json, message).end('}');
        }
        json.end(']');
    }

    /// How far a message has come.
    static Json delivery(Json json, MessageReport message) {
        json.key("stage").string(message.stage());
        time(json.key("stored"), message.storedAt());
        time(json.key("typed"), message.typedAt());
        time(json.key("accepted"), message.stage().equals("accepted") ? message.since() : 0);
        time(json.key("since"), message.since());
        return json.key("evidence").optional(message.evidence());
    }

    private static void time(Json json, long millis) {
        if (millis == 0) {
            json.nothing();
        } else {
            json.string(Times.utc(millis));
        }
    }
}
