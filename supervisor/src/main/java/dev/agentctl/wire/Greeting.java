package dev.agentctl.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;

/// The first frame of each side of a connection: who it is. Its own form never changes, so that any two versions
/// understand it.
public record Greeting(int protocol, String version, long pid) {
    /// What a client says that asks for another program in the place of the running one: see [Succession]. Both sides
    /// understand it, whatever else they speak.
    public static final int SUCCESSION = 0;

    /// Says who we are, and hears who the other side is.
    ///
    /// @param other what the other side is called in the message
    /// @param protocol the version of the protocol that we speak
    /// @throws VersionMismatch if it speaks another; the message says what to do
    /// @throws SilentPeer if it does not say it in the time that the connection gives it
    public static Greeting exchange(Connection connection, String other, int protocol) throws IOException {
        Greeting theirs = inTime(connection, other, protocol);
        if (theirs.protocol != protocol) {
            throw new VersionMismatch("the running " + other + " is version " + theirs.version + ", this is "
                    + Version.text() + ", and they do not understand each other; run: agentctl upgrade");
        }
        return theirs;
    }

    private static Greeting inTime(Connection connection, String other, int protocol) throws IOException {
        try {
            return exchangeAny(connection, other, protocol);
        } catch (AsynchronousCloseException e) {
            if (connection.fault().isEmpty()) {
                throw e;
            }
            throw new SilentPeer(
                    "the " + other + " is there and does not answer; it is stopped, or hangs: see its log, " + other
                            + ".log in the state folder",
                    e);
        }
    }

    /// The same, and leaves it to the caller what to make of what the other side speaks.
    static Greeting exchangeAny(Connection connection, String other, int protocol) throws IOException {
        connection.send(new Encoder()
                .i32(protocol)
                .string(Version.text())
                .i64(ProcessHandle.current().pid())
                .toBytes());
        byte[] frame = connection
                .receive()
                .orElseThrow(() -> new EOFException("the " + other + " closed the connection at once"));
        Decoder in = new Decoder(frame);
        return new Greeting(in.i32(), in.string(), in.i64());
    }

    /// The listening side of it: says who we are, and hears who has come.
    ///
    /// @return whether it is one who asks for another program, and not for what the protocol offers
    /// @throws VersionMismatch if it speaks another protocol
    public static boolean accept(Connection connection, String other, int protocol) throws IOException {
        Greeting theirs = exchangeAny(connection, other, protocol);
        if (theirs.protocol != protocol && theirs.protocol != SUCCESSION) {
            throw new VersionMismatch("a " + other + " of version " + theirs.version + " does not understand this one");
        }
        return theirs.protocol == SUCCESSION;
    }
}
