package dev.agentctl.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// A model on loopback that does what the prompt says (see [Script]), for real agent command lines to talk to. It
/// records what it was asked. Every method may be called from any thread; those that wait end with an
/// [AssertionError] that says what was seen instead.
public final class ScriptedModel implements AutoCloseable {
    private final ModelRecord record = new ModelRecord();
    private final ModelGates gates = new ModelGates();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private ScriptedModel(HttpServer server) {
        this.server = server;
    }

    /// Starts one on a free port.
    public static ScriptedModel start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedModel model = new ScriptedModel(server);
        server.setExecutor(model.threads);
        server.createContext("/", new ModelRoutes(model.record, model.gates));
        server.start();
        return model;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// `http://127.0.0.1:PORT`, Claude's base; Codex's is `/v1` below it.
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /// Everything asked so far, oldest first, errands and repetitions included.
    public List<ModelRequest> requests() {
        return record.requests();
    }

    /// The prompts that started a turn, oldest first; a request that an agent repeats counts once.
    public List<String> prompts() {
        return ModelRecord.turns(record.requests()).stream()
                .map(ModelRequest::prompt)
                .toList();
    }

    /// Waits for a turn whose prompt is as wanted; returns the request that started it.
    public ModelRequest awaitPrompt(Predicate<String> wanted, Duration limit) throws InterruptedException {
        return awaitRequest(request -> request.startsTurn() && wanted.test(request.prompt()), limit);
    }

    /// Waits for a request as wanted; returns the first.
    public ModelRequest awaitRequest(Predicate<ModelRequest> wanted, Duration limit) throws InterruptedException {
        return awaitRequests(1, wanted, limit).getFirst();
    }

    /// Waits until there are at least `count` requests as wanted; returns all of them.
    public List<ModelRequest> awaitRequests(int count, Predicate<ModelRequest> wanted, Duration limit)
            throws InterruptedException {
        return record.await(
                        all -> Optional.of(all.stream().filter(wanted).toList()).filter(found -> found.size() >= count),
                        limit)
                .orElseThrow(() -> new AssertionError("The model was not asked what the test waited for within " + limit
                        + "; it got " + requests().size() + " requests and the prompts " + prompts()));
    }

    /// Lets the answers through that `GATE name` holds back, now and later.
    public void open(String name) {
        gates.open(name);
    }

    /// Waits until an answer is held back by `GATE name`: the agent is then in the middle of its turn.
    public void awaitHeld(String name, Duration limit) throws InterruptedException {
        if (!gates.awaitReached(name, limit)) {
            throw new AssertionError(
                    "No answer came to gate " + name + " within " + limit + "; the prompts were " + prompts());
        }
    }

    /// Ends every answer that is held back and stops listening.
    @Override
    public void close() {
        gates.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
