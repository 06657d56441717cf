package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.MessageReport;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.control.PromptReport;
import dev.agentctl.control.SessionReport;
import dev.agentctl.pty.Signal;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ModelRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages to the real CLIs while turns run and dialogs are open, and the agent, the supervisor or the host is killed
/// at random: each is accepted once, or reported as uncertain. What the model was asked is the witness. The system
/// property `agentctl.kills.messages` sets how many, 12 by default, and `agentctl.kills.seed` the order of events.
@Timeout(3_600)
class RandomKillEndToEndTest extends EndToEnd {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MESSAGES = Integer.getInteger("agentctl.kills.messages", 12);
    private static final long SEED = Long.getLong("agentctl.kills.seed", 1);

    private final Random random = new Random(SEED);
    private final List<String> sent = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Set<String> dialogs = new HashSet<>();

    @ParameterizedTest
    @EnumSource(Cli.class)
    void everyMessageIsAcceptedOnceOrReported(Cli cli) throws IOException, InterruptedException {
        product.configure(Optional.empty(), cli.project(home));
        product.up();
        product.awaitState("a", "idle");
        try {
            play(cli);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nseed " + SEED + ", " + events + "\n" + product.status("a") + "\n" + prompts()
                            + "\n" + product.screen("a") + "\n" + product.log(),
                    e);
        }
    }

    private void play(Cli cli) throws IOException, InterruptedException {
        while (sent.size() < MESSAGES) {
            send(cli);
            if (random.nextInt(4) == 0) {
                awaitSomething();
                killSomething();
            } else if (random.nextBoolean()) {
                approveAll();
            }
        }
        settle();
        assertThat(product.ask(new ControlRequest.Send("a", "roll call", "roll call")))
                .isInstanceOf(ControlReply.Outcomes.class);
        Product.await("the roll is called", PATIENCE, () -> {
            goOn();
            return model.prompts().stream().anyMatch(prompt -> prompt.strip().equals("roll call"));
        });
        ModelRequest last = model.awaitPrompt(prompt -> prompt.strip().equals("roll call"), PATIENCE);
        TreeMap<String, Integer> stages = new TreeMap<>();
        for (int i = 0; i < sent.size(); i++) {
            stages.merge(check(i, last.text()), 1, Integer::sum);
        }
        assertThat(dialogs).as("dialogs among the messages").isNotEmpty();
        System.out.println(
                cli + ", seed " + SEED + ": " + stages + ", " + dialogs.size() + " dialogs, " + counted(events));
    }

    private static Map<String, Integer> counted(List<String> events) {
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(event.replaceAll(" pebble-.*", ""), 1, Integer::sum));
        return counts;
    }

    private String word(int number) {
        return "pebble-%03d".formatted(number);
    }

    /// Quick turns, slow turns, and turns that ask for approval.
    private void send(Cli cli) throws IOException {
        int number = sent.size();
        String text = switch (number % 3) {
            case 0 -> word(number);
            case 1 -> word(number) + " SLOW 0.4";
            default -> word(number) + " " + cli.shell("touch " + word(number));
        };
        sent.add(text);
        assertThat(product.ask(new ControlRequest.Send("a", text, word(number))))
                .isInstanceOf(ControlReply.Outcomes.class);
    }

    /// Lets the newest message, or the work before it, come somewhere first.
    private void awaitSomething() throws IOException, InterruptedException {
        int number = sent.size() - 1;
        switch (random.nextInt(4)) {
            case 0 -> events.add("at once");
            case 1 -> {
                events.add("on its way");
                var _ = product.ask(new ControlRequest.AwaitDelivery("a", word(number), "stored", 2_000));
            }
            case 2 -> {
                events.add("in the turn of " + word(number));
                Product.await("the model hears " + word(number), patience(), () -> {
                    goOn();
                    return model.prompts().stream().anyMatch(prompt -> prompt.contains(word(number))) || over(number);
                });
            }
            default -> {
                events.add("in a dialog");
                Product.await("a dialog, or rest", patience(), () -> {
                    startAgain();
                    return !prompts().isEmpty() || isQuiet();
                });
            }
        }
    }

    /// As long as all that waits before it may take.
    private Duration patience() throws IOException {
        return PATIENCE.plusSeconds(20L * product.status("a").queued());
    }

    private boolean over(int number) throws IOException {
        return product.ask(new ControlRequest.AwaitDelivery("a", word(number), "", 0))
                        instanceof ControlReply.Delivered delivered
                && delivered.over();
    }

    private void killSomething() throws IOException, InterruptedException {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                events.add("supervisor killed");
                product.killSupervisor();
                product.up();
            }
            case 2 -> {
                // it is not there while it is being started again
                if (product.hostRuns()) {
                    events.add("host killed");
                    product.killHost();
                }
            }
            default -> {
                // it may have ended by itself meanwhile
                long pid = product.status("a").pid();
                if (pid > 0 && Signal.KILL.send(pid)) {
                    events.add("agent killed");
                }
            }
        }
    }

    private List<PromptReport> prompts() throws IOException {
        List<PromptReport> prompts =
                ((ControlReply.Prompts) product.ask(new ControlRequest.ListPrompts(Optional.of("a")))).prompts();
        prompts.forEach(prompt -> dialogs.add(prompt.id()));
        return prompts;
    }

    private void approveAll() throws IOException {
        for (PromptReport prompt : prompts()) {
            var _ = product.ask(new ControlRequest.Decide(prompt.id(), new PromptChoice.Approve()));
        }
    }

    /// What an operator does.
    private void goOn() throws IOException {
        approveAll();
        startAgain();
    }

    /// What was given up after too many crashes.
    private void startAgain() throws IOException {
        if (product.status("a").state().equals("failed")) {
            events.add("started again");
            var _ = product.ask(new ControlRequest.Start(List.of("a"), false));
        }
    }

    private boolean isQuiet() throws IOException {
        SessionReport report = product.status("a");
        return report.state().equals("idle") && report.queued() == 0 && over(sent.size() - 1);
    }

    private void settle() throws IOException, InterruptedException {
        Product.await("everything is over", patience(), () -> {
            goOn();
            return isQuiet();
        });
    }

    /// @param history what the model has been told by now
    /// @return the message's stage
    private String check(int number, String history) throws IOException {
        MessageReport message =
                product.awaitDelivery("a", word(number)).message().orElseThrow();
        String seed = "seed " + SEED + ", " + word(number) + ", " + message + ", after " + events;
        long turns = model.prompts().stream()
                .filter(prompt -> prompt.strip().equals(sent.get(number)))
                .count();
        assertThat(turns).as("turns begun by one message, " + seed).isLessThanOrEqualTo(1);
        assertThat(message.stage()).as(seed).isIn("accepted", "uncertain");
        if (message.stage().equals("accepted")) {
            assertThat(history).as(seed).contains(word(number));
        }
        return message.stage();
    }
}
