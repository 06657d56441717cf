package dev.agentctl.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Lets clients that can send no header of ours reach the server: adds the bearer token to every request, and makes its
/// own address the server's. Anything else, such as a foreign Host, passes as it is.
final class TokenProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final String token;

    TokenProxy(int server, String token) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.token = token;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/mcp";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /// One request for each connection, so that only its head needs to be understood.
    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            upstream.getOutputStream().write(head(client.getInputStream()).getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> copy(client, upstream));
            upstream.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // one of the two has closed: so does the other
            return;
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            // the client has gone; the server is to notice
            to.close();
        } catch (IOException gone) {
            return;
        }
    }

    private String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client closed");
            }
            head.append((char) next);
        }
        String ours = ":" + listener.getLocalPort();
        return head.toString()
                .replaceAll("(?im)^connection:.*\r\n", "")
                .replaceAll("(?im)^(host: *(?:127\\.0\\.0\\.1|localhost))" + ours, "$1:" + server)
                .replaceAll("(?im)^(origin: *http://(?:127\\.0\\.0\\.1|localhost))" + ours, "$1:" + server)
                .replaceFirst("\r\n\r\n", "\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
