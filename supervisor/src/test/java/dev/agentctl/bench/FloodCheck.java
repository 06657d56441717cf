package dev.agentctl.bench;

import dev.agentctl.host.HostClient;
import dev.agentctl.host.HostReader;
import dev.agentctl.host.HostRequest;
import dev.agentctl.host.LogItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Follows what a [FloodingChild] prints, and compares it with what it is to print, byte for byte.
final class FloodCheck implements AutoCloseable {
    private final HostReader reader;
    private final Thread thread;
    private byte[] line = new byte[0];
    private int place;
    private final AtomicLong lines = new AtomicLong();
    private volatile String problem = "";
    private long last;
    private double longestPause; // guarded by this, as last

    FloodCheck(Path hostSocket, String session) throws IOException {
        reader = HostClient.read(hostSocket, new HostRequest.Read(session, 0, -1, true));
        thread = Thread.ofPlatform().daemon().name("flood check").start(this::follow);
    }

    /// Whole lines that came so far.
    long lines() {
        return lines.get();
    }

    /// What differed first, or why nothing more came; empty where nothing did.
    String problem() {
        return problem;
    }

    /// The longest time in ms without any output since the last call.
    synchronized double longestPause() {
        double longest = longestPause;
        longestPause = 0;
        last = Clock.micros();
        return longest;
    }

    private synchronized void came() {
        long now = Clock.micros();
        if (last > 0) {
            longestPause = Math.max(longestPause, Clock.millisBetween(last, now));
        }
        last = now;
    }

    private void follow() {
        try {
            while (problem.isEmpty()) {
                LogItem item =
                        reader.next().orElseThrow(() -> new IOException("the stream has ended after line " + lines));
                switch (item) {
                    case LogItem.Bytes(long offset, byte[] bytes) -> {
                        came();
                        check(offset, bytes);
                    }
                    case LogItem.Gap(long from, long to) -> problem = (to - from) + " bytes missed at " + from;
                    case LogItem.Marked _, LogItem.End _ -> {}
                }
            }
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
    }

    private void check(long offset, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (place == line.length) {
                // the terminal makes CR LF of each LF
                line = String.format(Locale.ROOT, FloodingChild.LINE, lines.get())
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                place = 0;
            }
            if (bytes[i] != line[place]) {
                problem = "another byte than was printed at " + (offset + i) + ", line " + lines;
                return;
            }
            if (++place == line.length) {
                lines.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        reader.close();
        thread.interrupt();
    }
}
