package dev.agentctl.cli;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlReply.Delivered;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.ExitCode;
import dev.agentctl.control.MessageReport;
import java.time.Duration;

/// A message that was sent, followed until the agent has accepted it or nothing more can come of it.
///
/// @param key that it was sent with
record SentMessage(Agentctl root, String project, String key) {
    private static final Duration SLICE = Duration.ofMinutes(1);

    /// What came of it: the word for scripts, the exit code, and a line for the person.
    record Outcome(String word, ExitCode code, String line) {}

    /// Follows it that long. The supervisor sees each step happen; it is asked again with each, and now and then.
    Delivered follow(Duration patience) throws CommandFailure, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String seen = "";
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime()) / 1_000_000;
            ControlReply reply = root.supervisor()
                    .askThroughRestarts(
                            new ControlRequest.AwaitDelivery(project, key, seen, Math.min(left, SLICE.toMillis())));
            if (!(reply instanceof Delivered delivered)) {
                throw Answers.unexpected(reply);
            }
            if (delivered.over() || left == 0) {
                return delivered;
            }
            seen = delivered.message().map(MessageReport::stage).orElse("");
            if (seen.equals("typed")) {
                progress(delivered.message().orElseThrow());
            }
        }
    }

    private void progress(MessageReport message) {
        if (root.surroundings().interactive()) {
            root.surroundings()
                    .err()
                    .println(project + ": typed" + after(message) + "; waiting for the agent to confirm it");
        }
    }

    /// @param patience as it was given
    Outcome outcome(Delivered delivered, String patience) {
        if (delivered.message().isEmpty()) {
            return new Outcome("answered", ExitCode.OK, "taken as the answer to what the agent asked");
        }
        MessageReport message = delivered.message().get();
        if (!delivered.over()) {
            return new Outcome("timed-out", ExitCode.TIMED_OUT, late(delivered, message, patience));
        }
        return switch (message.stage()) {
            case "accepted" ->
                new Outcome(
                        "accepted",
                        ExitCode.OK,
                        "accepted" + after(message)
                                + message.evidence()
                                        .map(proof -> " (" + proof + ")")
                                        .orElse(""));
            case "typed" ->
                new Outcome("typed", ExitCode.OK, "typed" + after(message) + "; this program confirms nothing");
            case "answered" ->
                new Outcome("answered", ExitCode.OK, "given to the agent's waiting call" + after(message));
            case "withdrawn" ->
                new Outcome("withdrawn", ExitCode.CONFLICT, "withdrawn from the queue before it was typed");
            case "uncertain" ->
                new Outcome(
                        "uncertain",
                        ExitCode.ERROR,
                        "uncertain whether the agent took it: "
                                + message.evidence().orElse("it was not confirmed")
                                + ". It is not sent again by itself; look with: agentctl screen " + project);
            default ->
                new Outcome(
                        "not-running",
                        ExitCode.NOT_RUNNING,
                        "the session is " + delivered.state() + "; the message stays queued until: agentctl start "
                                + project);
        };
    }

    private String late(Delivered delivered, MessageReport message, String patience) {
        boolean entered = message.stage().equals("typed") || message.stage().equals("submitting");
        return entered
                ? message.stage() + after(message) + ", but not confirmed within " + patience
                        + "; what comes of it is shown by: agentctl status " + project
                : "not accepted within " + patience + ", so the message stays queued; the session is "
                        + delivered.state()
                        + (delivered.evidence().isEmpty() ? "" : " (" + delivered.evidence() + ")");
    }

    /// How long it took to its stage, in tenths of a second.
    private static String after(MessageReport message) {
        long tenths = Math.max(0, message.since() - message.storedAt() + 50) / 100;
        return " after " + tenths / 10 + "." + tenths % 10 + " s";
    }

    /// The object of `--json`.
    String json(Delivered delivered, Outcome outcome) {
        Json json = Json.document().key("project").string(project);
        json.key("outcome").string(outcome.word());
        json.key("message");
        if (delivered.message().isPresent()) {
            StatusJson.delivery(json.begin('{'), delivered.message().get()).end('}');
        } else {
            json.nothing();
        }
        return json.key("state").string(delivered.state()).end('}').toString();
    }
}
