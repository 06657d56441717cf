package dev.agentctl.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The agent of `agentctl demo`: makes a small web page, asks for its colour, and then answers what is typed to it. It
/// has no model behind it, but is run, watched and talked to like one that has.
///
/// It may be killed at any time and goes on where it was: a question that is open stays open with the supervisor, and
/// it remembers the question's id.
public final class DemoAgent {
    private static final String ANSWERED = "answered: ";
    private static final Pattern OPEN_QUESTION = Pattern.compile("open as ([^\\s;]+)");
    private static final List<String> COLOURS = List.of("green", "blue", "amber");
    private static final int LONGEST_COLOUR = 40;
    private static final int MOST_LOOKS = 500;
    private static final long PAUSE_MILLIS = 20;

    private final ToolCalls tools;
    private final AgentTerminal terminal;
    private final Notes notes;
    private final Path folder;
    private final long paceMillis;

    private DemoAgent(ToolCalls tools, AgentTerminal terminal, Path folder, long paceMillis) {
        this.tools = tools;
        this.terminal = terminal;
        this.notes = new Notes(folder);
        this.folder = folder;
        this.paceMillis = paceMillis;
    }

    /// Runs in the project's folder. Its one argument is how long a step of work takes, in milliseconds.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        ToolCalls tools = new ToolCalls(
                Integer.parseInt(environment.getOrDefault("AGENTCTL_PORT", "0")),
                environment.getOrDefault("AGENTCTL_TOKEN", ""));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        AgentTerminal terminal = new AgentTerminal(System.in, out);
        new DemoAgent(tools, terminal, Path.of("").toAbsolutePath(), Long.parseLong(arguments[0])).run();
    }

    private void run() throws IOException, InterruptedException {
        terminal.working();
        Optional<String> colour = notes.colour();
        if (colour.isPresent()) {
            terminal.say("I was started again. My notes say: the page is " + colour.get() + ".");
            done(Milestone.BACK, "I was killed and started again. My notes are still here: " + colour.get() + ".");
        } else {
            work();
        }
        listen();
    }

    /// Tells the last news of a turn: whoever reads it finds the state and the screen that belong to it.
    private void done(Milestone milestone, String summary) throws IOException, InterruptedException {
        awaitSeen("working");
        terminal.say("I am done. Type something and I shall answer.");
        terminal.idle();
        awaitSeen("idle");
        tell(milestone, summary);
    }

    /// Tools are faster than the terminal, through which the supervisor learns the state; a lost one is not waited for.
    private void awaitSeen(String state) throws IOException, InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (tools.call("get_context_info", Map.of()).contains("state: " + state)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private void work() throws IOException, InterruptedException {
        terminal.say("I make a web page.");
        step("reading the project");
        tell(Milestone.BEGUN, "I have begun with `page.html`, but I cannot choose its colour myself.");
        step("writing the text");
        String colour = colour();
        terminal.say("The operator says: " + colour);
        step("painting it");
        build(colour);
        notes.built(colour);
        done(Milestone.BUILT, "`page.html` is ready, in " + colour + ".");
    }

    /// What the operator says: before the question was asked, which is then not asked, or as its answer.
    private String colour() throws IOException, InterruptedException {
        Optional<String> before = notes.question().isPresent() ? Optional.empty() : saidAlready();
        return before.isPresent() ? before.get() : answer();
    }

    private Optional<String> saidAlready() throws IOException, InterruptedException {
        Optional<String> typed = terminal.typedAhead().filter(line -> !line.isEmpty());
        return typed.isPresent() ? typed : answered(tools.call("wait_reply", Map.of("timeout", 1)));
    }

    private String answer() throws IOException, InterruptedException {
        Optional<String> asked = notes.question();
        String id = asked.isPresent() ? asked.get() : ask();
        terminal.say("I asked the operator for a colour and wait for the answer (question " + id + ").");
        String outcome = tools.call("poll", Map.of("id", id, "wait", true));
        // anything else ends this process, whose successor finds the question's id in the notes
        return answered(outcome).orElseThrow(() -> new IOException("no answer: " + outcome));
    }

    private String ask() throws IOException, InterruptedException {
        String pending = tools.call("ask", ToolCalls.question("Which colour shall the page have?", COLOURS));
        Matcher id = OPEN_QUESTION.matcher(pending);
        if (!id.find()) {
            throw new IOException("the question was not taken: " + pending);
        }
        String question = Objects.requireNonNull(id.group(1));
        notes.asked(question);
        return question;
    }

    private static Optional<String> answered(String outcome) {
        return outcome.startsWith(ANSWERED)
                ? Optional.of(outcome.substring(ANSWERED.length()).strip())
                : Optional.empty();
    }

    private void build(String said) throws IOException {
        // it becomes a style, so only what can be a colour's name is taken over
        String colour = said.replaceAll("[^a-zA-Z0-9#]", "");
        colour = colour.substring(0, Math.min(LONGEST_COLOUR, colour.length()));
        String page = "<!doctype html>\n<title>agentctl demo</title>\n<h1 style=\"color: " + colour
                + "\">An agent made this page</h1>\n";
        Files.writeString(folder.resolve("page.html"), page, StandardCharsets.UTF_8);
    }

    /// Reads what is typed for as long as there is a terminal.
    private void listen() throws IOException, InterruptedException {
        Optional<String> line = terminal.line();
        while (line.isPresent()) {
            if (!line.get().isEmpty()) {
                terminal.working();
                terminal.say("I tell the operator that I read it.");
                done(Milestone.HEARD, "You typed: " + line.get());
            }
            line = terminal.line();
        }
    }

    private void step(String what) throws InterruptedException {
        terminal.say(what + " ...");
        TimeUnit.MILLISECONDS.sleep(paceMillis);
    }

    private void tell(Milestone milestone, String summary) throws IOException, InterruptedException {
        tools.call("notify", Map.of("event", milestone.word(), "summary", summary));
    }
}
