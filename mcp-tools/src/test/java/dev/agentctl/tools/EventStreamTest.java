package dev.agentctl.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whole lines, and a client that may go at any time.
class EventStreamTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final AtomicInteger gone = new AtomicInteger();

    private String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCommentNeverBreaksAnEvent() {
        EventStream stream = new EventStream(sent, gone::incrementAndGet);
        PrintWriter writer = new PrintWriter(stream);
        writer.write("data: ü");
        stream.comment();
        writer.write("b\n\n");
        writer.flush();
        assertThat(sent()).isEqualTo(":\n\ndata: üb\n\n");
    }

    @Test
    void aLostClientIsToldOnceAndFailsNoWriter() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        EventStream stream = new EventStream(broken, gone::incrementAndGet);
        PrintWriter writer = new PrintWriter(stream);
        stream.comment();
        writer.write("data: x\n\n");
        writer.flush();
        assertThat(writer.checkError()).isFalse();
        assertThat(gone).hasValue(1);
    }

    @Test
    void nothingIsWrittenAfterTheEnd() {
        EventStream stream = new EventStream(sent, gone::incrementAndGet);
        stream.close();
        stream.comment();
        stream.write("data: x\n\n".toCharArray(), 0, 9);
        stream.flush();
        assertThat(sent()).isEmpty();
        assertThat(gone).hasValue(0);
    }
}
