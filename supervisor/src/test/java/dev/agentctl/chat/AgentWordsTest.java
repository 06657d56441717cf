package dev.agentctl.chat;

import static dev.agentctl.chat.DeskUnderTest.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.tools.Enclosure;
import dev.agentctl.tools.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent shows of its own accord.
@Timeout(30)
class AgentWordsTest {
    private final Path folder;

    @AutoClose
    private final DeskUnderTest test;

    AgentWordsTest(@TempDir Path folder) {
        this.folder = folder;
        test = new DeskUnderTest(folder);
    }

    @Test
    void whatAnAgentShowsIsShownOnce() throws IOException {
        Files.writeString(folder.resolve("report.txt"), "all is well");
        Files.write(folder.resolve("chart.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        for (int i = 0; i < 2; i++) {
            show(new Enclosure.Code("x = '```'", Optional.of("python"), Optional.of("so")), "c1");
            show(new Enclosure.Document("report.txt", Optional.of("the report")), "c2");
            show(new Enclosure.Picture(folder.resolve("chart.png").toString(), Optional.empty()), "c3");
        }
        assertThat(test.shown).hasSize(3);
        assertThat(((Outgoing.Text) test.shown.getFirst()).markdown()).isEqualTo("so\n\n````python\nx = '```'\n````");
        assertThat(((Outgoing.Document) test.shown.get(1)).caption()).isEqualTo("[a] the report");
        assertThat(((Outgoing.Document) test.shown.get(2)).name()).isEqualTo("chart.png");
    }

    private void show(Enclosure enclosure, String callKey) {
        assertThat(test.desk.show(A, enclosure, callKey)).isEqualTo(new Shown.Stored());
    }

    @Test
    void whatMustNotBeShownIsRefusedWithAReason() throws IOException {
        Files.writeString(folder.resolve("chart.png"), "no picture at all");
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/hostname"));
        assertRefused(new Enclosure.Picture("chart.png", Optional.empty()), "no PNG");
        assertRefused(new Enclosure.Document("out", Optional.empty()), "outside");
        assertRefused(new Enclosure.Document("../../etc/hostname", Optional.empty()), "");
        assertRefused(new Enclosure.Document("/etc/hostname", Optional.empty()), "outside");
        assertRefused(new Enclosure.Document("nothing", Optional.empty()), "no file");
        Files.writeString(folder.resolve(".env"), "KEY=1");
        assertRefused(new Enclosure.Document(".env", Optional.empty()), "secrets");
        assertRefused(new Enclosure.Picture(".env", Optional.empty()), "secrets");
        assertThat(test.shown).isEmpty();
    }

    private void assertRefused(Enclosure enclosure, String because) {
        assertThat(test.desk.show(A, enclosure, "c"))
                .isInstanceOfSatisfying(
                        Shown.Refused.class,
                        refused -> assertThat(refused.reason()).contains(because));
    }
}
