package dev.agentctl.wire;

import java.io.EOFException;
import java.io.IOException;

/// The first frame of each side of a connection: who it is. Its own form never changes, so that any two versions
/// understand it.
public record Greeting(int protocol, String version, long pid) {
    /// Says who we are, and hears who the other side is.
    ///
    /// @param other what the other side is called in the message
    /// @param protocol the version of the protocol that we speak
    /// @throws IOException if it speaks another; the message says what to do
    public static Greeting exchange(Connection connection, String other, int protocol) throws IOException {
        Greeting ours =
                new Greeting(protocol, Version.text(), ProcessHandle.current().pid());
        connection.send(new Encoder()
                .i32(ours.protocol)
                .string(ours.version)
                .i64(ours.pid)
                .toBytes());
        byte[] frame = connection
                .receive()
                .orElseThrow(() -> new EOFException("the " + other + " closed the connection at once"));
        Decoder in = new Decoder(frame);
        Greeting theirs = new Greeting(in.i32(), in.string(), in.i64());
        if (theirs.protocol != ours.protocol) {
            throw new IOException("the running " + other + " is version " + theirs.version + ", this is " + ours.version
                    + ", and they do not understand each other; use the version that started it");
        }
        return theirs;
    }
}
