package dev.agentctl.bench;

import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How long a message takes from its arrival to its first byte at the child, which reads its terminal raw and says
/// when it got something.
final class TypingMeasurement implements Measurement {
    private static final double TARGET_MILLIS = 50;

    /// Sends a text to the child.
    @FunctionalInterface
    private interface Sender {
        void send(String text) throws IOException, InterruptedException;
    }

    @Override
    public List<Result> take(Bed bed) throws IOException, InterruptedException {
        Samples control = new Samples();
        Samples chat = new Samples();
        try (TelegramStandIn telegram = TelegramStandIn.start();
                Agentctl ours = new Agentctl(bed.launcher())) {
            ours.use(telegram);
            Path heard = startListener(ours);
            int count = bed.samples(300, 60);
            measure(heard, count, control, text -> ours.ask(ours.message("c0", text)));
            measure(
                    heard,
                    count,
                    chat,
                    text -> telegram.sendFromUser(Agentctl.OPERATOR, Agentctl.OPERATOR, "/to c0 " + text));
        }
        String peers = peers(bed);
        return List.of(
                Result.atMost(
                        "message sent to the supervisor -> first byte at the child, ms",
                        peers,
                        control.tails(),
                        control.quantile(0.99),
                        TARGET_MILLIS,
                        "ms p99"),
                Result.atMost(
                        "/to in Telegram (stand-in) -> first byte at the child, ms",
                        "-",
                        chat.tails(),
                        chat.quantile(0.99),
                        TARGET_MILLIS,
                        "ms p99"));
    }

    private static String peers(Bed bed) throws IOException, InterruptedException {
        if (!Programs.has("tmux")) {
            return "-";
        }
        Samples samples = new Samples();
        try (Tmux tmux = new Tmux()) {
            Path heard = startListener(tmux);
            measure(heard, bed.samples(100, 30), samples, text -> {
                var _ = tmux.home().run(tmux.command("send-keys", text, "Enter").toArray(String[]::new));
            });
        }
        return "tmux send-keys " + samples.tails();
    }

    /// Starts a child that notes the time of a message's first byte, and the message once Enter has come.
    private static Path startListener(Keeper keeper) throws IOException, InterruptedException {
        Path heard = keeper.home().file("heard");
        String java = String.join(" ", Programs.java(ListeningChild.class, heard.toString()));
        Path script = keeper.home().script("listen", "#!/bin/bash\nstty raw -echo\nexec " + java + "\n");
        keeper.start(1, List.of(script.toString()));
        Clock.await("the child listens", () -> Files.exists(heard));
        return heard;
    }

    private static void measure(Path heard, int count, Samples samples, Sender sender)
            throws IOException, InterruptedException {
        for (int i = 0; i <= count; i++) {
            int before = Files.readAllLines(heard).size();
            String text = "message number " + i;
            long sent = Clock.micros();
            sender.send(text);
            Clock.await(text, () -> Files.readAllLines(heard).size() > before);
            String line = Files.readAllLines(heard).get(before);
            if (!line.endsWith(text)) {
                throw new IOException("the child got '" + line + "' and not '" + text + "'");
            }
            double millis = Clock.millisBetween(sent, Long.parseLong(line.substring(0, line.indexOf(' '))));
            if (i == 0) {
                samples.addFirst(millis);
            } else {
                samples.add(millis);
            }
        }
    }
}
