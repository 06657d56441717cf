package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandOverTest {
    private static final int FORMAT_AT = 7;

    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = temporary.resolve("host.handover");
        new HandOver(List.of("java", "Main"), 3, Set.of(5, 7), new byte[] {1, 2, 3}).write(file);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        HandOver read = HandOver.read(file);
        assertThat(read.predecessor()).containsExactly("java", "Main");
        assertThat(read.lock()).isEqualTo(3);
        assertThat(read.others()).containsExactlyInAnyOrder(5, 7);
        assertThat(read.state()).containsExactly(1, 2, 3);
    }

    @Test
    void anotherFormatIsRefusedByItsNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[FORMAT_AT]++;
        Files.write(file, bytes);
        assertThatThrownBy(() -> HandOver.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("the hand-over " + file + " has format 2, this version reads 1");
    }

    @Test
    void noByteOfItMayBeAnother() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] bytes = whole.clone();
            bytes[i] ^= 0x10;
            Files.write(file, bytes);
            assertThatThrownBy(() -> HandOver.read(file)).as("byte %d", i).isInstanceOf(IOException.class);
            Files.write(file, Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> HandOver.read(file)).as("cut at %d", i).isInstanceOf(IOException.class);
        }
    }
}
