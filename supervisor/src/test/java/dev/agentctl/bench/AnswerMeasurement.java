package dev.agentctl.bench;

import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How long an operator's answer takes until the agent's waiting tool call has its result.
final class AnswerMeasurement implements Measurement {
    private static final double TARGET_MILLIS = 50;
    private static final Duration SOON = Duration.ofSeconds(60);

    /// Gives an answer to the question that a card shows.
    @FunctionalInterface
    private interface Sender {
        void send(ChatMessage card, String text) throws IOException;
    }

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        int count = bed.samples(150, 40);
        Samples control = new Samples();
        Samples chat = new Samples();
        try (TelegramStandIn telegram = TelegramStandIn.start();
                Agentctl ours = new Agentctl(bed.launcher())) {
            ours.use(telegram);
            Path notes = ours.home().file("notes");
            Files.createFile(notes);
            ours.start(1, asking(notes, 2 * (count + 1)));
            measure(telegram, notes, 0, count, control, (_, text) -> ours.ask(ours.message("c0", text)));
            measure(
                    telegram,
                    notes,
                    count + 1,
                    count,
                    chat,
                    (card, text) -> telegram.replyFromUser(Agentctl.OPERATOR, Agentctl.OPERATOR, card.id(), text));
        }
        return List.of(
                result("answer sent to the supervisor -> tool result at the agent, ms", control),
                result("reply in Telegram (stand-in) -> tool result at the agent, ms", chat));
    }

    private static Result result(String what, Samples samples) {
        return Result.atMost(what, "-", samples.tails(), samples.quantile(0.99), TARGET_MILLIS, "ms p99");
    }

    private static List<String> asking(Path notes, int count) {
        return Programs.java(AskingChild.class, notes.toString(), Integer.toString(count));
    }

    private static void measure(
            TelegramStandIn telegram, Path notes, int from, int count, Samples samples, Sender sender)
            throws IOException, InterruptedException {
        for (int i = from; i <= from + count; i++) {
            String question = "question number " + (i + 1) + "?";
            ChatMessage card = telegram.awaitMessage(
                    message -> message.fromBot() && message.text().contains(question), SOON);
            // no person answers before the bot knows that its card has been sent
            Clock.pass(Duration.ofMillis(100));
            int before = i;
            long sent = Clock.micros();
            sender.send(card, "answer " + i + ".");
            Clock.await(
                    "the answer to " + question, () -> Files.readAllLines(notes).size() > before);
            String[] note = Files.readAllLines(notes).get(i).split(" ", 2);
            if (!note[1].equals("yes")) {
                throw new IOException("the tool answered " + note[1]);
            }
            double millis = Clock.millisBetween(sent, Long.parseLong(note[0]));
            if (i == from) {
                samples.addFirst(millis);
            } else {
                samples.add(millis);
            }
        }
    }
}
