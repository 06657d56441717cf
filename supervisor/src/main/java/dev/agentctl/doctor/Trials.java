package dev.agentctl.doctor;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.control.SessionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How each capability is tried: something is asked of the agent by way of the product, and seen at the model, in the
/// state, or in its files.
final class Trials {
    /// For each thing that is waited for. Each takes a few seconds at most; a machine under load takes longer.
    private static final long PATIENCE_SECONDS = 60;

    /// Gemini CLI and opencode have taken two minutes to start on a very busy machine.
    private static final long START_SECONDS = 180;

    private static final long PRINT_SECONDS = 10;

    private final Patient patient;
    private final CheckupHome home;
    private final PlayedModel model;
    private final CheckupSession session;

    Trials(Patient patient, CheckupHome home, PlayedModel model, CheckupSession session) {
        this.patient = patient;
        this.home = home;
        this.model = model;
        this.session = session;
    }

    /// One of them.
    interface Trial {
        /// Tells what was seen.
        String run() throws Missing, IOException, InterruptedException;
    }

    Trial of(Capability capability) {
        return switch (capability) {
            case START -> this::start;
            case PRINTED_STATE -> this::printedState;
            case TYPING -> this::typing;
            case HOOKS -> this::hooks;
            case CONVERSATION -> this::conversation;
            case TRANSCRIPT -> this::transcript;
            case TOOLS -> this::tools;
            case REFUSAL -> this::refusal;
            case APPROVAL -> this::approval;
            case RESUME -> this::resume;
        };
    }

    private String start() throws Missing, InterruptedException {
        SessionReport begun = await(
                START_SECONDS,
                "it is not idle",
                () -> Optional.of(session.status())
                        .filter(seen -> List.of("idle", "failed", "exited").contains(seen.state())));
        if (!begun.state().equals("idle")) {
            throw new Missing("it is " + session.where());
        }
        return "idle: " + begun.evidence();
    }

    /// It counts only where no hook told the same just before.
    private String printedState() throws Missing, InterruptedException {
        Optional<SessionReport> told = session.await(
                PRINT_SECONDS, () -> Optional.of(session.status()).filter(_ -> session.wasTold(patient.printed())));
        if (told.isEmpty()) {
            throw new Missing("it does not print its state (" + patient.printed() + ")");
        }
        return patient.printed();
    }

    private String typing() throws Missing, IOException, InterruptedException {
        session.send(Scene.SAY);
        // opencode's composer has come a minute after its plugin
        ControlReply.Delivered delivered = await(START_SECONDS, "the message is not accepted", () -> {
            var _ = session.status();
            return session.delivery(Scene.SAY).filter(ControlReply.Delivered::over);
        });
        String stage = delivered.message().map(MessageReport::stage).orElse("");
        if (!stage.equals("accepted")) {
            throw new Missing("the message ended as " + stage + "; it is " + session.where());
        }
        // the first request of an opencode that has just started has come a minute after its prompt
        awaitAnswer(START_SECONDS, Scene.SAY);
        return "accepted: "
                + delivered.message().flatMap(MessageReport::evidence).orElse("");
    }

    private void awaitAnswer(Scene scene) throws Missing, InterruptedException {
        awaitAnswer(PATIENCE_SECONDS, scene);
    }

    private void awaitAnswer(long seconds, Scene scene) throws Missing, InterruptedException {
        await(seconds, "the model was not asked for " + scene.prompt(), () -> asked(scene));
        await(
                seconds,
                "the turn does not end",
                () -> Optional.of(session.status()).filter(seen -> seen.state().equals("idle")));
    }

    private Optional<ModelRequest> asked(Scene scene) {
        return requests(scene).findFirst();
    }

    private Stream<ModelRequest> requests(Scene scene) {
        return model.requests().stream().filter(request -> request.scene().equals(Optional.of(scene)));
    }

    private String hooks() throws Missing {
        if (!session.wasTold(patient.turnEnd())) {
            throw new Missing("no hook told that the turn ended");
        }
        return patient.turnEnd();
    }

    private String conversation() throws Missing, IOException {
        return session.status().conversation().orElseThrow(() -> new Missing("no hook told the conversation's id"));
    }

    private String transcript() throws Missing, InterruptedException {
        await(
                "the agent's own file does not tell the conversation",
                () -> session.transcript().filter(file -> contains(file, Scene.WORD)));
        return await("its tokens are not told", () -> session.status().tokens()).words();
    }

    private static boolean contains(Path file, String word) {
        try {
            return Files.readString(file).contains(word);
        } catch (IOException _) {
            return false;
        }
    }

    private String tools() throws Missing, IOException, InterruptedException {
        session.send(Scene.NOTIFY);
        String result = result(Scene.NOTIFY);
        if (asked(Scene.NOTIFY)
                .filter(request -> request.tools().contains("agentctl"))
                .isEmpty()) {
            throw new Missing("the model was not offered the tools");
        }
        if (!result.contains("stored")) {
            throw new Missing("notify answered: " + result);
        }
        awaitAnswer(Scene.NOTIFY);
        return "notify was called";
    }

    private String result(Scene scene) throws Missing, InterruptedException {
        return await(
                "the tool call of " + scene.prompt() + " has no end",
                () -> requests(scene)
                        .flatMap(request -> request.results().stream())
                        .findFirst());
    }

    private String refusal() throws Missing, IOException, InterruptedException {
        String reason = "no " + Scene.WORD + "s today";
        decide(Scene.REFUSED, new PromptChoice.Deny(reason));
        String result = result(Scene.REFUSED);
        if (Files.exists(home.project().resolve(Scene.REFUSED.file()))) {
            throw new Missing("the command ran though it was denied");
        }
        awaitAnswer(Scene.REFUSED);
        return result.contains(reason) ? "denied, and told why" : "denied, and not told why";
    }

    private String approval() throws Missing, IOException, InterruptedException {
        decide(Scene.ALLOWED, new PromptChoice.Approve());
        String result = result(Scene.ALLOWED);
        if (Files.notExists(home.project().resolve(Scene.ALLOWED.file()))) {
            throw new Missing("the command did not run though it was allowed: " + result);
        }
        awaitAnswer(Scene.ALLOWED);
        return "allowed, and done";
    }

    private void decide(Scene scene, PromptChoice choice) throws Missing, IOException, InterruptedException {
        session.send(scene);
        PromptReport prompt = await("no dialog was brought", session::prompt);
        session.decide(prompt, choice);
    }

    private String resume() throws Missing, IOException, InterruptedException {
        SessionReport before = session.status();
        session.kill(before);
        SessionReport after = await(
                START_SECONDS,
                "it does not come back",
                () -> Optional.of(session.status())
                        .filter(seen -> seen.state().equals("idle") && seen.pid() != before.pid() && seen.pid() != 0));
        if (!after.conversation().equals(before.conversation())) {
            throw new Missing("it came back in another conversation");
        }
        session.send(Scene.RECALL);
        awaitAnswer(START_SECONDS, Scene.RECALL);
        if (asked(Scene.RECALL)
                .filter(request -> request.said().contains(Scene.WORD))
                .isEmpty()) {
            throw new Missing("it came back without what was said before");
        }
        return "killed, and back in the same conversation";
    }

    private <T> T await(String otherwise, CheckupSession.Look<T> look) throws Missing, InterruptedException {
        return await(PATIENCE_SECONDS, otherwise, look);
    }

    private <T> T await(long seconds, String otherwise, CheckupSession.Look<T> look)
            throws Missing, InterruptedException {
        Optional<T> seen = session.await(seconds, look);
        if (seen.isEmpty()) {
            throw new Missing(otherwise + "; it is " + session.where());
        }
        return seen.get();
    }
}
