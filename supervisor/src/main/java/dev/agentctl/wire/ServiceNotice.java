package dev.agentctl.wire;

import dev.agentctl.posix.CLibrary;
import dev.agentctl.posix.Descriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a service manager that a role is ready, and from then on that it is well: a datagram at the socket that the
/// environment names (sd_notify(3)). Without effect where none is named.
///
/// Well is a role that answers at its own socket, so one that hangs is started anew.
public final class ServiceNotice {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotice.class);
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";

    private static final short AF_UNIX = 1;
    private static final int DATAGRAM_CLOSED_ON_EXEC = 2 | 0x80000;
    private static final int LONGEST_PATH = 108;
    /// A service manager that looks every minute is told three times a minute.
    private static final int TIMES = 3;

    private final String address;
    private final long everyMillis;

    private ServiceNotice(String address, long everyMillis) {
        this.address = address;
        this.everyMillis = everyMillis;
    }

    /// The variables of a service manager, which are nobody else's.
    public static boolean isOurs(String variable) {
        return variable.equals(SOCKET) || variable.startsWith("WATCHDOG_") || variable.equals("INVOCATION_ID");
    }

    /// The role is ready.
    ///
    /// @param socket where it answers
    public static void ready(Map<String, String> environment, Path socket, String role) {
        String address = environment.getOrDefault(SOCKET, "");
        if (address.isEmpty()) {
            return;
        }
        long micros = Long.parseLong(environment.getOrDefault(WATCHDOG, "0"));
        ServiceNotice notice = new ServiceNotice(address, TimeUnit.MICROSECONDS.toMillis(micros) / TIMES);
        notice.send("READY=1\nMAINPID=" + ProcessHandle.current().pid());
        if (notice.everyMillis > 0) {
            Thread.ofPlatform()
                    .daemon()
                    .name("watchdog")
                    .start(() -> notice.tellWhileWell(new SuccessionCall(socket, role)));
        }
    }

    private void tellWhileWell(SuccessionCall self) {
        try {
            while (true) {
                tellIfWell(self);
                TimeUnit.MILLISECONDS.sleep(everyMillis);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellIfWell(SuccessionCall self) {
        try {
            // one that hangs does not come back from this
            var _ = self.about();
            send("WATCHDOG=1");
        } catch (IOException e) {
            LOG.warn("no sign of life is given to the service manager: {}", e.getMessage());
        }
    }

    /// By the C library: Java has no datagrams over Unix sockets.
    private void send(String text) {
        MethodHandle socket = CLibrary.plainCall(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MethodHandle sendto = CLibrary.plainCall(
                "sendto",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            byte[] path = address.getBytes(StandardCharsets.UTF_8);
            MemorySegment name = arena.allocate(2 + LONGEST_PATH, 2);
            name.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(path, 0, name, ValueLayout.JAVA_BYTE, 2, Math.min(path.length, LONGEST_PATH));
            if (path[0] == '@') {
                // an abstract name
                name.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
            }
            MemorySegment message = arena.allocateFrom(text);
            int descriptor = (int) socket.invokeExact((int) AF_UNIX, DATAGRAM_CLOSED_ON_EXEC, 0);
            long sent = (long) sendto.invokeExact(
                    descriptor, message, message.byteSize() - 1, 0, name, 2 + Math.min(path.length, LONGEST_PATH));
            Descriptor.close(descriptor);
            if (sent < 0) {
                LOG.warn("the service manager cannot be told at {}", address);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot tell the service manager", e);
        }
    }
}
