package dev.agentctl.containment;

import dev.agentctl.containment.Abilities.Ability;
import dev.agentctl.project.Limits;
import dev.agentctl.project.Project;
import dev.agentctl.project.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a session's processes are held within what its project says, or why they cannot be: then they are not started.
///
/// Without a word of the project they are held by their process group, and what leaves that is found by a variable of
/// its environment (see [dev.agentctl.pty.Leftovers]).
public sealed interface Containment {
    /// They are held.
    ///
    /// @param command what is put before the agent's own
    record Held(List<String> command) implements Containment {
        public Held {
            command = List.copyOf(command);
        }
    }

    /// They cannot be.
    ///
    /// @param why in one line, with what to do
    record Impossible(String why) implements Containment {}

    /// Whether they can be is not known now.
    ///
    /// @param why in one line
    record Unknown(String why) implements Containment {}

    /// Takes a moment where the project asks for something: the machine is tried each time, for it may have been
    /// mended.
    ///
    /// @param environment the session's
    /// @param state our state folder
    /// @param run the session's own in it
    /// @param hook the script that agents run as their hook
    static Containment of(Project project, Map<String, String> environment, Path state, Path run, Path hook) {
        List<String> command = new ArrayList<>();
        if (!project.limits().equals(Limits.NONE)) {
            switch (Abilities.limits(environment)) {
                case Abilities.Works works -> command.addAll(scope(works, project.limits()));
                case Abilities.Lacking(String why) -> {
                    return new Impossible("its limits cannot be held: " + why);
                }
                case Abilities.Untried(String why) -> {
                    return new Unknown("its limits cannot be held now: " + why);
                }
            }
        }
        Optional<Sandbox> sandbox = project.sandbox();
        if (sandbox.isPresent()) {
            switch (walls(sandbox.get(), project.directory(), environment, new Walls.Doors(state, run, hook))) {
                case Held held -> command.addAll(held.command());
                case Impossible impossible -> {
                    return impossible;
                }
                case Unknown unknown -> {
                    return unknown;
                }
            }
        }
        return new Held(command);
    }

    private static List<String> scope(Abilities.Works systemd, Limits limits) {
        List<String> command = new ArrayList<>(systemd.command());
        limits.memory().ifPresent(bytes -> {
            command.addAll(List.of("-p", "MemoryMax=" + bytes));
            // else it would swap without end instead
            command.addAll(List.of("-p", "MemorySwapMax=0"));
        });
        limits.cpu().ifPresent(percent -> command.addAll(List.of("-p", "CPUQuota=" + percent + "%")));
        limits.tasks().ifPresent(tasks -> command.addAll(List.of("-p", "TasksMax=" + tasks)));
        command.add("--");
        return command;
    }

    private static Containment walls(
            Sandbox sandbox, Path directory, Map<String, String> environment, Walls.Doors doors) {
        Ability ability = Abilities.sandbox(environment);
        return switch (ability) {
            case Abilities.Lacking(String why) -> new Impossible("its sandbox cannot be made: " + why);
            case Abilities.Untried(String why) -> new Unknown("its sandbox cannot be made now: " + why);
            case Abilities.Works works -> {
                try {
                    List<String> command = new ArrayList<>(works.command());
                    command.addAll(Walls.BASE);
                    command.addAll(Walls.arguments(sandbox, directory, doors));
                    command.addAll(Walls.inside(Path.of(works.command().getFirst())));
                    yield new Held(command);
                } catch (IOException e) {
                    yield new Impossible("its sandbox cannot be made: " + e.getMessage());
                }
            }
        };
    }
}
