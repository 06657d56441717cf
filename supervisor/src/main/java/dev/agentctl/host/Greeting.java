package dev.agentctl.host;

import dev.agentctl.wire.Connection;
import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import java.io.EOFException;
import java.io.IOException;

/// The first frame of each side: who it is. Its own form never changes, so that any two versions understand it.
public record Greeting(int protocol, String version, long pid) {
    static Greeting ours() {
        return new Greeting(
                HostProtocol.VERSION, Version.text(), ProcessHandle.current().pid());
    }

    /// Says who we are, and hears who the other side is.
    ///
    /// @throws IOException if it speaks another protocol; the message says what to do
    static Greeting exchange(Connection connection) throws IOException {
        Greeting ours = ours();
        connection.send(new Encoder()
                .i32(ours.protocol)
                .string(ours.version)
                .i64(ours.pid)
                .toBytes());
        byte[] frame = connection.receive().orElseThrow(() -> new EOFException("the host closed the connection"));
        Decoder in = new Decoder(frame);
        Greeting theirs = new Greeting(in.i32(), in.string(), in.i64());
        if (theirs.protocol != ours.protocol) {
            throw new IOException("the running host is version " + theirs.version + ", this is " + ours.version
                    + ", and they do not understand each other; stop it with the version that started it");
        }
        return theirs;
    }
}
