package dev.agentctl.doctor;

import dev.agentctl.doctor.Finding.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Tries an installed agent as the product uses it: a supervisor of its own runs it in a throw-away home against a
/// played model, and each capability is seen at work or is missing.
public final class Checkup {
    private final Patient patient;
    private final Trials trials;
    private final Set<Capability> lacking = EnumSet.noneOf(Capability.class);

    private Checkup(Patient patient, Trials trials) {
        this.patient = patient;
        this.trials = trials;
    }

    /// Tries every capability, in their order.
    ///
    /// @param program the agent's
    /// @param searchPath the user's PATH
    /// @param progress is told each finding as soon as there is one
    public static List<Finding> run(Patient patient, Path program, String searchPath, Consumer<Finding> progress)
            throws IOException, InterruptedException {
        CheckupHome home = CheckupHome.create();
        try (PlayedModel model = PlayedModel.open(request -> answer(patient, request))) {
            home.settle(patient, program, model.url());
            try (CheckupSession session = CheckupSession.open(home.state(), home.environment(searchPath))) {
                return new Checkup(patient, new Trials(patient, home, model, session)).all(progress);
            }
        } finally {
            home.delete();
        }
    }

    private static ModelAnswer answer(Patient patient, ModelRequest request) {
        if (request.tools().isEmpty() || request.scene().isEmpty()) {
            return new ModelAnswer.Text("{\"title\":\"check\",\"next_speaker\":\"user\",\"reasoning\":\"done\"}");
        }
        Scene scene = request.scene().get();
        boolean called = !request.results().isEmpty();
        return switch (scene) {
            case SAY -> new ModelAnswer.Text("The word is " + Scene.WORD + ".");
            case NOTIFY -> called ? new ModelAnswer.Text("Notified.") : Patient.notification();
            case REFUSED, ALLOWED -> called ? new ModelAnswer.Text("Done.") : patient.command("touch " + scene.file());
            case RECALL -> new ModelAnswer.Text("Yes.");
        };
    }

    private List<Finding> all(Consumer<Finding> progress) throws IOException, InterruptedException {
        List<Finding> all = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            Finding finding = find(capability);
            if (finding.result() != Result.OK) {
                lacking.add(capability);
            }
            all.add(finding);
            progress.accept(finding);
        }
        return all;
    }

    private Finding find(Capability capability) throws IOException, InterruptedException {
        Optional<String> never = patient.never(capability);
        if (never.isPresent()) {
            return new Finding(capability, Result.NEVER, never.get(), Duration.ZERO);
        }
        Optional<Capability> needed = needed(capability).filter(lacking::contains);
        if (needed.isPresent()) {
            return new Finding(
                    capability, Result.UNTRIED, "needs " + needed.get().label(), Duration.ZERO);
        }
        long began = System.nanoTime();
        try {
            String seen = trials.of(capability).run();
            return new Finding(capability, Result.OK, seen, Duration.ofNanos(System.nanoTime() - began));
        } catch (Missing missing) {
            String seen = String.valueOf(missing.getMessage());
            return new Finding(capability, Result.MISSING, seen, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /// Without this one there is nothing to try another by.
    private static Optional<Capability> needed(Capability capability) {
        return switch (capability) {
            case START -> Optional.empty();
            case TYPING -> Optional.of(Capability.START);
            case PRINTED_STATE, HOOKS, CONVERSATION, TOOLS, REFUSAL, APPROVAL -> Optional.of(Capability.TYPING);
            case TRANSCRIPT, RESUME -> Optional.of(Capability.CONVERSATION);
        };
    }
}
