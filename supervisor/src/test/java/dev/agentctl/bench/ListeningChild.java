package dev.agentctl.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that reads a raw terminal and notes for each message when its first byte came, once Enter has come too.
final class ListeningChild {
    private static final int ENTER = '\r';

    private ListeningChild() {}

    /// Notes into the file `arguments[0]`, which it makes once it listens.
    public static void main(String[] arguments) throws IOException {
        InputStream in = System.in;
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
            int next = in.read();
            while (next >= 0) {
                StringBuilder note = new StringBuilder().append(Clock.micros()).append(' ');
                while (next >= 0 && next != ENTER) {
                    note.append((char) next);
                    next = in.read();
                }
                out.write(note.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
                next = in.read();
            }
        }
    }
}
