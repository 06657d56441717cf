package dev.agentctl.bench;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way from a child that prints to a screen: to the keeper's own, or to that of an attached terminal.
///
/// @param seat the attached terminal, if any
/// @param speeds megabytes a second, and `costs` milliseconds of processor time for each megabyte, of the newest kind
record Route(Keeper keeper, Printer printer, Optional<Seat> seat, Samples speeds, Samples costs)
        implements AutoCloseable {
    static Route to(Keeper keeper, boolean attached) throws IOException, InterruptedException {
        Printer printer = new Printer(keeper.home());
        keeper.start(1, printer.command());
        printer.awaitReady();
        Optional<Seat> seat =
                attached ? Optional.of(Seat.take(keeper.home(), keeper.attachCommand("c0"))) : Optional.empty();
        if (attached) {
            Clock.pass(Duration.ofSeconds(4));
        }
        return new Route(keeper, printer, seat, new Samples(), new Samples());
    }

    String name() {
        return keeper.name() + (seat.isPresent() ? " attached" : "");
    }

    /// Prints the file, and waits until its last line is on the screen.
    void run(int number, Path file) throws IOException, InterruptedException {
        List<Long> processes = processes();
        long before = ProcessFigures.of(processes).ticks();
        seat.ifPresent(there -> there.expect(Printer.lastLine(number)));
        printer.go(number, file);
        long begun = printer.begun(number);
        awaitLastLine(number);
        long shown = Clock.micros();
        double size = Files.size(file);
        Clock.await("the child is done", () -> printer.isDone(number));
        // bytes a microsecond are megabytes a second; a tick is a hundredth of a second
        speeds.add(size / (shown - begun));
        costs.add((ProcessFigures.of(processes).ticks() - before) * 10 / (size / 1e6));
    }

    private void awaitLastLine(int number) throws IOException, InterruptedException {
        if (seat.isPresent()) {
            seat.get().await();
        } else if (keeper instanceof Agentctl ours) {
            // looking costs the supervisor something, so not too often
            while (!shows(ours, Printer.lastLine(number))) {
                Clock.pass(Duration.ofMillis(10));
            }
        } else {
            // they draw as they read
            Clock.await("the child is done", () -> printer.isDone(number));
        }
    }

    private static boolean shows(Agentctl ours, String line) throws IOException {
        return ours.ask(new ControlRequest.ShowScreen("c0", false)) instanceof ControlReply.Text(String text)
                && text.contains(line);
    }

    private List<Long> processes() throws IOException, InterruptedException {
        List<Long> all = new ArrayList<>(keeper.daemons());
        seat.ifPresent(there -> all.add(there.pid()));
        return all;
    }

    void clear() {
        speeds.clear();
        costs.clear();
    }

    @Override
    public void close() throws IOException {
        seat.ifPresent(Seat::close);
        keeper.close();
    }
}
