package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.KeyNames;
import dev.agentctl.host.HostReply;
import dev.agentctl.session.Session;
import dev.agentctl.terminal.KeyboardModes;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Types keys and bytes into sessions' terminals for the command line.
final class KeyDesk {
    private static final long PATIENCE_SECONDS = 20;

    private KeyDesk() {}

    /// @param keys by the names that [KeyNames] knows; one that it does not know leaves all unpressed
    static ControlReply press(Session session, List<String> keys) throws InterruptedException {
        for (String key : keys) {
            if (KeyNames.bytes(key, KeyboardModes.PLAIN).isEmpty()) {
                return new ControlReply.Refused(ExitCode.USAGE, "no key is called '" + key + "'; nothing was pressed");
            }
        }
        // a key may change how the program wants the next one
        return type(
                session,
                keys.stream().map(key -> KeyNames.bytes(key, session.keyboard()).orElseThrow()));
    }

    /// Each piece is one write: an escape sequence that arrives in pieces is taken for several keys.
    static ControlReply type(Session session, Stream<byte[]> pieces) throws InterruptedException {
        if (session.view().state().childPid() == 0) {
            return notRunning(session);
        }
        try {
            for (Iterator<byte[]> next = pieces.iterator(); next.hasNext(); ) {
                HostReply reply = session.press(next.next()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (reply instanceof HostReply.Refused refused) {
                    return new ControlReply.Refused(ExitCode.ERROR, refused.reason());
                }
            }
            return new ControlReply.Outcomes(List.of(new Outcome(session.name(), ExitCode.OK, "typed")));
        } catch (ExecutionException | TimeoutException e) {
            return new ControlReply.Refused(ExitCode.ERROR, "the host did not take the keys: " + e.getMessage());
        }
    }

    private static ControlReply notRunning(Session session) {
        return new ControlReply.Refused(
                ExitCode.NOT_RUNNING,
                session.name() + " is " + session.view().state().word() + "; start it with: agentctl start "
                        + session.name());
    }
}
