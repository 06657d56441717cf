package dev.agentctl.session;

import dev.agentctl.agent.Agent;
import dev.agentctl.agent.Conversation;
import dev.agentctl.agent.Environment;
import dev.agentctl.agent.Launch;
import dev.agentctl.agent.LaunchSite;
import dev.agentctl.agent.Prompt;
import dev.agentctl.containment.Containment;
import dev.agentctl.host.HostRequest;
import dev.agentctl.project.OnCrash;
import dev.agentctl.project.Project;
import dev.agentctl.pty.Executable;
import dev.agentctl.pty.Signal;
import dev.agentctl.wire.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes a session's next start ready: ends what the former child left, chooses the conversation, writes the files that
/// the agent is pointed at.
final class Launcher {
    private static final MarkedProcesses LEFTOVERS = new MarkedProcesses();

    private final Surroundings around;
    private final Agent agent;

    /// Whether what is queued first is of a turn that was cut short, and no child has been there since to hear it.
    private boolean cutUntold;

    Launcher(Surroundings around, Agent agent) {
        this.around = around;
        this.agent = agent;
    }

    /// There is a child for the start that was made ready last.
    void began() {
        cutUntold = false;
    }

    /// What came of it.
    sealed interface Prepared {}

    /// It can be started.
    ///
    /// @param memory what is to be remembered before the start
    /// @param resumes whether it goes on in a conversation that there is
    /// @param news what the operators are to be told
    record Ready(HostRequest.Spawn spawn, Memory memory, boolean resumes, Optional<Effect.Notice> news)
            implements Prepared {}

    /// It cannot be started.
    ///
    /// @param permanent whether a person has to help; else it may pass
    record Refused(String reason, boolean permanent) implements Prepared {
        Refused(String reason) {
            this(reason, true);
        }

        /// A full disk, too many open files, or a disk that may not be written now are plain exceptions; what is
        /// missing, there already, or forbidden has one of its own.
        static Refused unwritten(IOException e) {
            boolean passes = !(e instanceof FileSystemException) || e.getClass() == FileSystemException.class;
            return new Refused("cannot make the session's files: " + e.getMessage(), !passes);
        }
    }

    /// @param swept completes when nothing is left of the former child
    Prepared prepare(
            SessionView view,
            boolean fresh,
            Optional<String> crash,
            int columns,
            int rows,
            CompletableFuture<@Nullable Void> swept) {
        Memory memory = view.memory();
        Optional<String> gone = missingTranscript(memory, fresh);
        if (gone.isPresent()) {
            return new Refused("the conversation's file " + gone.get()
                    + " is gone; begin a new one with: agentctl start --fresh " + view.name());
        }
        Conversation conversation =
                goesOn(view, fresh, crash) ? new Conversation.Resumed("") : conversation(memory, fresh);
        Optional<Long> elsewhere = elsewhere(view, conversation, swept);
        if (elsewhere.isPresent()) {
            return new Refused("process " + elsewhere.get() + " has its conversation open; end that and start it again,"
                    + " or begin a new one with: agentctl start --fresh " + view.name());
        }
        String token = Token.next();
        try {
            HostRequest.Spawn bare = spawn(view, conversation, token, columns, rows);
            HostRequest.Spawn spawn;
            switch (Containment.of(
                    view.project(),
                    probing(bare.environment()),
                    around.folder().path(),
                    around.folder().run(view.name()),
                    around.hook())) {
                case Containment.Held(List<String> command) -> spawn = behind(command, bare);
                case Containment.Impossible(String why) -> {
                    return new Refused(why);
                }
                case Containment.Unknown(String why) -> {
                    return new Refused(why, false);
                }
            }
            Optional<Effect.Notice> news = cutUntold && !fresh
                    ? Optional.empty()
                    : queueFirstWords(view, conversation, !fresh && memory.turnOpen(), crash);
            Memory next = switch (conversation) {
                case Conversation.Resumed _ -> memory;
                case Conversation.Fresh _ -> memory.inConversation(conversation.knownId(), Optional.empty(), false);
            };
            return new Ready(
                    spawn,
                    next.inTurn(false, Optional.empty())
                            .inConversation(next.conversation(), next.transcript(), next.prompted())
                            .withToken(Token.hash(token)),
                    conversation instanceof Conversation.Resumed,
                    news);
        } catch (IOException e) {
            return Refused.unwritten(e);
        }
    }

    /// What the machine is tried with goes on beside a sweep, which would end it as one of the session's.
    private static Map<String, String> probing(Map<String, String> environment) {
        Map<String, String> unmarked = new HashMap<>(environment);
        unmarked.remove(Environment.SESSION_COOKIE);
        return unmarked;
    }

    /// Another process in the conversation that is to be resumed. Our own that is left is killed before.
    private Optional<Long> elsewhere(
            SessionView view, Conversation conversation, CompletableFuture<@Nullable Void> swept) {
        if (!(conversation instanceof Conversation.Resumed(String id)) || id.isEmpty()) {
            return Optional.empty();
        }
        swept.join();
        String cookie = cookie(view.name());
        return new OpenElsewhere(Path.of("/proc"), pid -> LEFTOVERS.of(cookie).contains(pid))
                .find(id, view.memory().transcript().map(Path::of));
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
        if (!fresh && memory.conversation().isPresent() && isWritten(memory)) {
            return new Conversation.Resumed(memory.conversation().get());
        }
        return new Conversation.Fresh(agent.newConversation().orElse(""));
    }

    /// An agent that is killed just after it took the first prompt may have its file, or not. One that a person has
    /// sent back to an earlier conversation was not prompted in it since, and has its file.
    private boolean isWritten(Memory memory) {
        Optional<Path> transcript = memory.transcript().map(Path::of);
        boolean taken = memory.prompted()
                || (memory.turnOpen() && transcript.filter(Files::exists).isPresent());
        return (taken && !agent.resumesOnlyPrompted())
                || transcript.flatMap(Transcript::lastPrompt).isPresent();
    }

    private HostRequest.Spawn spawn(SessionView view, Conversation conversation, String token, int columns, int rows)
            throws IOException {
        Project project = view.project();
        Path folder = around.folder().run(view.name());
        createPrivate(folder);
        createPrivate(folder.resolve("hooks"));
        LaunchSite site = new LaunchSite(
                around.environment(), cookie(view.name()), token, around.port().getAsInt(), folder, around.hook());
        Launch launch = launch(project, site, conversation);
        for (Map.Entry<Path, String> file : launch.files().entrySet()) {
            createParent(file.getKey());
            new WholeFile(file.getKey()).write(file.getValue());
        }
        for (Path made : launch.folders()) {
            createPrivate(made);
        }
        for (Map.Entry<Path, Path> link : launch.links().entrySet()) {
            link(link.getKey(), link.getValue());
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

    /// What is the user's is read for it: without that the agent would be another.
    private Launch launch(Project project, LaunchSite site, Conversation conversation) throws IOException {
        try {
            return agent.launch(project, site, conversation);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static HostRequest.Spawn behind(List<String> command, HostRequest.Spawn spawn) {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(spawn.argv());
        return new HostRequest.Spawn(
                spawn.session(),
                spawn.generation(),
                argv,
                spawn.directory(),
                spawn.environment(),
                spawn.columns(),
                spawn.rows());
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
    ///
    /// @return what the operators are to be told of it
    private Optional<Effect.Notice> queueFirstWords(
            SessionView view, Conversation conversation, boolean cut, Optional<String> crash) {
        boolean anew = conversation instanceof Conversation.Fresh;
        if (cut) {
            Optional<Effect.Notice> news = takeUpTurn(view, anew, crash.orElse("agentctl was stopped"));
            cutUntold = true;
            return news;
        }
        cutUntold = false;
        return switch (conversation) {
            case Conversation.Fresh _ -> {
                Optional<String> prompt = view.project().prompt().filter(text -> !text.isBlank());
                around.queue().sayFirst(view.name(), prompt.map(Prompt::safe));
                yield Optional.empty();
            }
            case Conversation.Resumed _ -> Optional.empty();
        };
    }

    private Optional<Effect.Notice> takeUpTurn(SessionView view, boolean anew, String cause) {
        // what a person typed at the terminal since is not in the queue
        Optional<Message> last =
                view.memory().last().ours() ? around.queue().lastAccepted(view.name()) : Optional.empty();
        Optional<Path> transcript = view.memory().transcript().map(Path::of);
        boolean unwritten = last.isPresent()
                && transcript.isPresent()
                && !Transcript.has(transcript.get(), last.get().text());
        boolean latest = unwritten
                || transcript
                        .filter(_ -> view.project().onCrash() == OnCrash.RERUN)
                        .flatMap(Transcript::lastPrompt)
                        .filter(prompt -> last.isPresent()
                                && Prompt.contains(prompt, last.get().text()))
                        .isPresent();
        CutTurn turn = new CutTurn(cause, view.memory().tool(), last, unwritten, latest, anew);
        CutTurn.Words words = turn.words(view.project().onCrash());
        around.queue().sayFirst(view.name(), words.agent());
        return words.operators();
    }

    /// After a limit that ended a turn; a message that waits makes the agent go on as well.
    void goOn(String session) {
        if (around.queue().waiting(session) == 0) {
            around.queue()
                    .sayFirst(
                            session,
                            Optional.of("[agentctl] What ended your turn should be over by now. Go on with what"
                                    + " you were doing."));
        }
    }

    /// The same while something else is done. What is started before it completes would be ended as well.
    CompletableFuture<@Nullable Void> beginToSweep(String session) {
        return CompletableFuture.runAsync(
                () -> sweep(session), Thread.ofVirtual().name("sweep " + session)::start);
    }

    /// Ends everything that the session started and that has left its process group.
    private void sweep(String session) {
        String cookie = cookie(session);
        for (long pid : LEFTOVERS.of(cookie)) {
            Signal.KILL.send(pid);
        }
    }

    /// Unique on this machine: two state folders may have sessions of one name.
    private String cookie(String session) {
        return around.folder().path() + ":" + session;
    }

    private static void createPrivate(Path folder) throws IOException {
        // to try it all the same takes an exception, at each start after the first
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// A file that has taken the link's place stays: the agent has written it.
    private static void link(Path link, Path target) throws IOException {
        createParent(link);
        if (Files.isSymbolicLink(link)) {
            if (Files.readSymbolicLink(link).equals(target)) {
                return;
            }
            Files.delete(link);
        }
        if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, target);
        }
    }

    private static void createParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            createPrivate(parent);
        }
    }
}
