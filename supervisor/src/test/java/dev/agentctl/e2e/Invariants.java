package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.agent.Environment;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.SessionReport;
import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import dev.agentctl.pty.Leftovers;
import dev.agentctl.wire.RoleLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What must hold of the product after every fault, whatever it was; looked at from outside.
///
/// | | invariant | looked at |
/// |---|---|---|
/// | I1 | one live process tree for each running session, none for any other | children of the host with the session's
/// mark |
/// | I2 | every message is delivered once, or reported | by whoever sent it: it knows the words |
/// | I3 | no byte of output is lost without a counted gap | a reader from the beginning |
/// | I4 | state files parse | SQLite's own check |
/// | I5 | no secret in logs, arguments, environments | the bot's token |
/// | I6 | other sessions are unaffected | `scripts/bench` |
/// | I7 | descriptors, threads and memory return to where they were | [Figures] |
final class Invariants {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Product product;

    Invariants(Product product) {
        this.product = product;
    }

    /// Looks at all that can be seen from outside.
    ///
    /// @param secret that nobody may find
    void check(String secret) throws IOException, InterruptedException {
        oneTreeEach();
        everyByteIsAccountedFor();
        theStateFileIsSound();
        assertThat(whereIs(secret)).as("I5").isEmpty();
    }

    private List<SessionReport> sessions() throws IOException {
        ControlReply reply = product.ask(new ControlRequest.Status(Optional.empty()));
        return ((ControlReply.Report) reply).sessions();
    }

    private void oneTreeEach() throws IOException, InterruptedException {
        Product.await("I1: one tree for each session that runs, none for any other", SOON, () -> {
            for (SessionReport session : sessions()) {
                List<Long> roots = roots(session.name());
                boolean runs = session.pid() > 0;
                if (runs
                        ? !roots.equals(List.of(session.pid()))
                        : !marked(session.name()).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    private List<Long> marked(String session) {
        return Leftovers.find(Environment.SESSION_COOKIE, product.folder().path() + ":" + session);
    }

    /// The children of the host among a session's processes.
    private List<Long> roots(String session) {
        long host = pid(product.folder().hostLock());
        return marked(session).stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(ProcessHandle::parent)
                        .filter(parent -> parent.pid() == host)
                        .isPresent())
                .toList();
    }

    static long pid(Path lock) {
        String holder = RoleLock.holder(lock);
        return holder.matches("[0-9]+") ? Long.parseLong(holder) : 0;
    }

    /// Every byte of every session is there or in a gap.
    ///
    /// @return how many bytes there are
    long everyByteIsAccountedFor() throws IOException {
        long all = 0;
        for (SessionReport session : sessions()) {
            HostRequest.Read read = new HostRequest.Read(session.name(), 0, -1, false);
            long counted = 0;
            try (HostReader reader = HostClient.read(product.folder().hostSocket(), read)) {
                Optional<LogItem> item = reader.next();
                while (item.isPresent()) {
                    switch (item.get()) {
                        case LogItem.Bytes(long offset, byte[] bytes) -> {
                            assertThat(offset)
                                    .as("I3: output of %s goes on", session.name())
                                    .isEqualTo(counted);
                            counted += bytes.length;
                        }
                        case LogItem.Gap(long from, long to) -> {
                            assertThat(from)
                                    .as("I3: a gap of %s", session.name())
                                    .isEqualTo(counted);
                            counted = to;
                        }
                        case LogItem.End(long end) ->
                            assertThat(counted)
                                    .as("I3: all of %s", session.name())
                                    .isEqualTo(end);
                        case LogItem.Marked _ -> {}
                    }
                    item = item.get() instanceof LogItem.End ? Optional.empty() : reader.next();
                }
            }
            all += counted;
        }
        return all;
    }

    private void theStateFileIsSound() throws IOException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + product.folder().database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(result.getString(1)).as("I4").isEqualTo("ok");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /// Of the processes of this home, and the logs of ours.
    List<Path> whereIs(String secret) throws IOException {
        List<Path> places = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            String home = "HOME=" + product.folder().path().getParent();
            all.map(process -> Path.of("/proc/" + process.pid()))
                    .filter(process -> holds(process.resolve("environ"), home))
                    .forEach(process -> places.addAll(List.of(process.resolve("environ"), process.resolve("cmdline"))));
        }
        places.add(product.folder().roleLog("supervisor"));
        places.add(product.folder().roleLog("host"));
        return places.stream().filter(place -> holds(place, secret)).toList();
    }

    private static boolean holds(Path file, String words) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words);
        } catch (IOException gone) {
            return false;
        }
    }

    /// Of host and supervisor together.
    Figures figures() throws IOException {
        return Figures.of(
                List.of(pid(product.folder().hostLock()), pid(product.folder().supervisorLock())));
    }
}
