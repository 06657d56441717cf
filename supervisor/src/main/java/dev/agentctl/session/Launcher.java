package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.Conversation;
import dev.agentctl.agent.Environment;
import dev.agentctl.agent.Launch;
import dev.agentctl.agent.LaunchSite;
import dev.agentctl.agent.Prompt;
import dev.agentctl.host.HostRequest;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Executable;
import dev.agentctl.pty.Leftovers;
import dev.agentctl.pty.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a session's next start ready: ends what the former child left, chooses the conversation, writes the files that
/// the agent is pointed at.
final class Launcher {
    private final Surroundings around;
    private final Agent agent;

    Launcher(Surroundings around, Agent agent) {
        this.around = around;
        this.agent = agent;
    }

    /// What came of it.
    sealed interface Prepared {}

    /// It can be started.
    ///
    /// @param memory what is to be remembered before the start
    record Ready(HostRequest.Spawn spawn, Memory memory) implements Prepared {}

    /// It cannot be started without a person's help.
    record Refused(String reason) implements Prepared {}

    Prepared prepare(SessionView view, boolean fresh, Optional<String> crash, int columns, int rows) {
        Memory memory = view.memory();
        sweep(view.name());
        Optional<String> gone = missingTranscript(memory, fresh);
        if (gone.isPresent()) {
            return new Refused("the conversation's file " + gone.get()
                    + " is gone; begin a new one with: agentctl start --fresh " + view.name());
        }
        Conversation conversation =
                goesOn(view, fresh, crash) ? new Conversation.Resumed("") : conversation(memory, fresh);
        String token = Token.next();
        try {
            HostRequest.Spawn spawn = spawn(view, conversation, token, columns, rows);
            queueFirstWords(view, conversation, crash);
            Memory next = switch (conversation) {
                case Conversation.Resumed _ -> memory;
                case Conversation.Fresh _ -> memory.inConversation(conversation.knownId(), Optional.empty(), false);
            };
            return new Ready(
                    spawn,
                    next.inTurn(false, Optional.empty())
                            .inConversation(next.conversation(), next.transcript(), next.prompted())
                            .withToken(Token.hash(token)));
        } catch (IOException e) {
            return new Refused("cannot write the session's files: " + e.getMessage());
        }
    }

    private Optional<String> missingTranscript(Memory memory, boolean fresh) {
        return fresh || !memory.prompted() || !agent.reports()
                ? Optional.empty()
                : memory.transcript().filter(file -> Files.notExists(Path.of(file)));
    }

    /// Whether the program itself goes on where it crashed, with a conversation that has no id for us.
    private boolean goesOn(SessionView view, boolean fresh, Optional<String> crash) {
        return !fresh
                && crash.isPresent()
                && view.project().habits().resumeArgs().isPresent();
    }

    private Conversation conversation(Memory memory, boolean fresh) {
        if (!fresh && memory.prompted() && memory.conversation().isPresent()) {
            return new Conversation.Resumed(memory.conversation().get());
        }
        return new Conversation.Fresh(agent.newConversation().orElse(""));
    }

    private HostRequest.Spawn spawn(SessionView view, Conversation conversation, String token, int columns, int rows)
            throws IOException {
        Project project = view.project();
        Path folder = around.folder().run(view.name());
        createPrivate(folder);
        createPrivate(folder.resolve("hooks"));
        LaunchSite site = new LaunchSite(
                around.environment(), cookie(view.name()), token, around.port().getAsInt(), folder, around.hook());
        Launch launch = agent.launch(project, site, conversation);
        for (Map.Entry<Path, String> file : launch.files().entrySet()) {
            writePrivate(file.getKey(), file.getValue());
        }
        return new HostRequest.Spawn(
                view.name(),
                view.model().generation(),
                withProgram(launch),
                project.directory().toString(),
                launch.environment(),
                columns,
                rows);
    }

    private List<String> withProgram(Launch launch) {
        List<String> argv = new ArrayList<>(launch.argv());
        String path = launch.environment().getOrDefault("PATH", "");
        Optional<Path> found = argv.getFirst().contains("/")
                ? Optional.of(Path.of(argv.getFirst()))
                : Executable.find(argv.getFirst(), path);
        found.ifPresent(program -> argv.set(0, agent.program(program).toString()));
        return argv;
    }

    /// The project's first prompt, or after a crash in the middle of a turn, what happened.
    private void queueFirstWords(SessionView view, Conversation conversation, Optional<String> crash) {
        switch (conversation) {
            case Conversation.Fresh _ ->
                around.queue()
                        .sayFirst(
                                view.name(),
                                view.project()
                                        .prompt()
                                        .filter(prompt -> !prompt.isBlank())
                                        .map(Prompt::safe));
            case Conversation.Resumed _ -> takeUpTurn(view, crash.orElse("agentctl was stopped"));
        }
    }

    private void takeUpTurn(SessionView view, String cause) {
        if (view.memory().turnOpen()) {
            String words = interrupted(cause, view.memory().tool()) + unwritten(view);
            around.queue().sayFirst(view.name(), Optional.of(words));
        }
    }

    /// An agent that is killed just after it took a prompt may not have written it down.
    private String unwritten(SessionView view) {
        Optional<Path> transcript = view.memory().transcript().map(Path::of);
        return around.queue()
                .lastAccepted(view.name())
                .filter(message -> transcript.isPresent() && !Transcript.has(transcript.get(), message.text()))
                .map(message ->
                        "\n\nThe last message to you may be missing from your history. It was:\n\n" + message.text())
                .orElse("");
    }

    private static String interrupted(String cause, Optional<String> tool) {
        String doubt = tool.map(name -> "The tool call \"" + Prompt.safe(name)
                        + "\" was running; it may or may not have finished, so check before you repeat it. ")
                .orElse("");
        return "[agentctl] Your process ended (" + cause + ") in the middle of your work, and the supervisor has "
                + "restarted you in the same conversation. " + doubt + "Go on with what you were doing.";
    }

    /// Ends everything that the session started and that has left its process group.
    void sweep(String session) {
        String cookie = cookie(session);
        for (long pid : Leftovers.find(Environment.SESSION_COOKIE, cookie)) {
            Signal.KILL.send(pid);
        }
    }

    /// Unique on this machine: two state folders may have sessions of one name.
    private String cookie(String session) {
        return around.folder().path() + ":" + session;
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
