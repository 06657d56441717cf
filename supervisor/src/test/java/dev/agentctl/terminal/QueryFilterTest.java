package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryFilterTest {
    private static final List<String> REMOVED = List.of(
            "\u001b[c",
            "\u001b[0c",
            "\u001b[>c",
            "\u001b[>0c",
            "\u001b[=c",
            "\u001bZ",
            "\u001b[5n",
            "\u001b[6n",
            "\u001b[?6n",
            "\u001b[?996n",
            "\u001b[>q",
            "\u001b[>0q",
            "\u001b[?2026$p",
            "\u001b[4$p",
            "\u001b[?u",
            "\u001b[18t",
            "\u001b[14t",
            "\u001b[21t",
            "\u001b[x",
            "\u001b[8;50;200t",
            "\u001b[2t",
            "\u001b[i",
            "\u001b[?5i",
            "\u001b[2h",
            "\u001b[4;2h",
            "\u001b[12l",
            "\u001b[?1;38h",
            "\u001b[?1001h",
            "\u001b[?2l",
            "\u001b G",
            "\u001b%@",
            "\u001bP1;1|17/414243\u001b\\",
            "\u001b[1;1;1;1;1;1*y",
            "\u001b[?4m",
            "\u001b[?1;1;0S",
            "\u001b]10;?\u0007",
            "\u001b]11;?\u001b\\",
            "\u001b]4;1;?;2;?\u0007",
            "\u001b]7501;?\u0007",
            "\u001b]52;c;aGVsbG8=\u0007",
            "\u001b]52;c;?\u001b\\",
            "\u001b]1337;ReportCellSize\u0007",
            "\u001bP$qm\u001b\\",
            "\u001bP$\tqm\u001b\\",
            "\u001bP+\u007fq544e\u001b\\",
            "\u001bP+q544e\u001b\\",
            "\u001bPtmux;x\u001b\\",
            "\u001b_Gi=31,a=q;AAAA\u001b\\",
            "\u0005",
            "\u009b",
            "\u009d");
    private static final List<String> KEPT = List.of(
            "plain text\r\n\t",
            "漢字 é 😀 ¢£",
            "\u001b[1;31m",
            "\u001b[38:2::1:2:3m",
            "\u001b[2J",
            "\u001b[?2026h",
            "\u001b[>1u",
            "\u001b[<u",
            "\u001b[=1;1u",
            "\u001b[u",
            "\u001b[>4;2m",
            "\u001b[!p",
            "\u001b[\"p",
            "\u001b[2 q",
            "\u001b[1\"q",
            "\u001b[3S",
            "\u001b[22;0t",
            "\u001b[23t",
            "\u001b[4;20h",
            "\u001b[2;12m",
            "\u001b[?2h",
            "\u001b[?3;4l",
            "\u001b F",
            "\u001b%G",
            "\u001b#8",
            "\u001b[?1c",
            "\u001b7\u001b8\u001b(0\u001b=\u001bc",
            "\u001b]0;title?\u0007",
            "\u001b]8;;http://x/?q=c\u001b\\",
            "\u001b]10;#ffffff\u0007",
            "\u001b]4;1;rgb:11/22/33\u001b\\",
            "\u001b]7501;state=idle:app=x\u001b\\",
            "\u001b]1337;SetMark\u0007",
            "\u001bPq#0;2;0;0;0~\u001b\\",
            "\u001b_other\u001b\\",
            "\u001b^private\u001b\\");

    private static String filter(QueryFilter filter, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new String(filter.filter(bytes, 0, bytes.length), UTF_8);
    }

    @Test
    void questionsAndClipboardAccessAreRemoved() {
        for (String removed : REMOVED) {
            assertThat(filter(new QueryFilter(), "a" + removed + "b"))
                    .as(removed.replace('\u001b', '^'))
                    .isEqualTo("ab");
        }
    }

    @Test
    void aWholeSequenceIsJudgedAsOneInPieces() {
        for (String numbers : List.of("", "1", "2;12", "4:3", "1;".repeat(40), "1;".repeat(3000))) {
            for (char last = '@'; last < 0x7F; last++) {
                String sequence = "\u001b[" + numbers + last;
                QueryFilter filter = new QueryFilter();
                StringBuilder pieces = new StringBuilder();
                for (int i = 0; i < sequence.length(); i++) {
                    pieces.append(filter(filter, sequence.substring(i, i + 1)));
                }
                assertThat(filter(new QueryFilter(), sequence + "x" + sequence))
                        .as("%s numbers, %s", numbers.length(), last)
                        .isEqualTo(pieces + "x" + pieces);
            }
        }
    }

    @Test
    void everythingElsePassesByteForByte() {
        for (String kept : KEPT) {
            assertThat(filter(new QueryFilter(), "a" + kept + "b"))
                    .as(kept.replace('\u001b', '^'))
                    .isEqualTo("a" + kept + "b");
        }
    }

    @Test
    void theResultDoesNotDependOnTheChunks() {
        String all = String.join("-", REMOVED) + String.join("-", KEPT);
        byte[] bytes = all.getBytes(UTF_8);
        byte[] whole = new QueryFilter().filter(bytes, 0, bytes.length);
        QueryFilter filter = new QueryFilter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            out.writeBytes(filter.filter(bytes, i, 1));
        }
        assertThat(out.toByteArray()).isEqualTo(whole);
    }

    @Test
    void textIsNeverHeldBack() {
        QueryFilter filter = new QueryFilter();
        for (String piece : List.of("a", "é", "漢", "\r", "\n", "\u001b[31m", "\u001b]8;;http://x")) {
            assertThat(filter(filter, piece)).isEqualTo(piece);
        }
    }

    @Test
    void controlsInsideAQuestionPass() {
        assertThat(filter(new QueryFilter(), "a\u001b[\r\n6nb")).isEqualTo("a\r\nb");
    }

    /// Terminals carry out a control behind ESC and go on with the sequence.
    @Test
    void controlsBehindEscapeHideNoQuestion() {
        assertThat(filter(new QueryFilter(), "a\u001b\r[cb")).isEqualTo("a\rb");
        assertThat(filter(new QueryFilter(), "a\u001b\u007f[cb")).isEqualTo("ab");
        assertThat(filter(new QueryFilter(), "a\u001b\n[31mb")).isEqualTo("a\n\u001b[31mb");
    }

    /// xterm takes U+009B for CSI and U+009C for ST, wherever they stand.
    @Test
    void noC1ControlPassesInsideOfSequencesAndStrings() {
        assertThat(filter(new QueryFilter(), "a\u001b[?\u009bcb")).isEqualTo("ab");
        assertThat(filter(new QueryFilter(), "a\u001b\u009bcb")).isEqualTo("acb");
        assertThat(filter(new QueryFilter(), "\u001b]0;é\u009c\u009bc\u0007b")).isEqualTo("\u001b]0;éc\u0007b");
        assertThat(filter(new QueryFilter(), "\u001b]8;;x\u009c\u009bc\u001b\\b"))
                .isEqualTo("\u001b]8;;xc\u001b\\b");
        assertThat(filter(new QueryFilter(), "\u001bP\u009b6nq#\u001b\\b")).isEqualTo("b");
        assertThat(filter(new QueryFilter(), "\u001b^\u009b6n\u001b\\b")).isEqualTo("\u001b^6n\u001b\\b");
    }

    @Test
    void noC1ControlArisesWhereSomethingWasRemoved() {
        for (String between : List.of("\u0005", "\u001b[c")) {
            byte[] bytes = ("\u00c2" + between + "\u009b6n").getBytes(ISO_8859_1);
            byte[] passed = new QueryFilter().filter(bytes, 0, bytes.length);
            assertThat(new String(passed, ISO_8859_1)).doesNotContain("\u00c2\u009b");
        }
    }

    @Test
    void aSequenceTooLongToHoldIsDroppedAndTheRestPasses() {
        assertThat(filter(new QueryFilter(), "a\u001b[" + "0".repeat(100_000) + "cb"))
                .isEqualTo("ab");
        assertThat(filter(new QueryFilter(), "a\u001b]11;" + "x".repeat(100_000) + "\u0007b"))
                .isEqualTo("ab");
        // not one byte of it is fit for a sequence
        assertThat(filter(new QueryFilter(), "a\u001b[" + "é".repeat(100_000) + "Ub"))
                .isEqualTo("ab");
    }

    @Test
    void whatWasCutOffDoesNotJoinWhatFollows() {
        assertThat(filter(new QueryFilter(), "a\u001b[\u001b]4;?\u0007xb")).isEqualTo("axb");
        assertThat(filter(new QueryFilter(), "a\u001b]4;1;?\u001b\u0007b")).doesNotContain("4;1;?");
    }

    @Test
    void whatPassesAsksNothing() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = new RandomOutput(seed).bytes(200);
            byte[] passed = new QueryFilter().filter(bytes, 0, bytes.length);
            Terminal terminal = new Terminal(40, 10, 10, _ -> {});
            terminal.feed(passed, 0, passed.length);
            assertThat(terminal.drainReplies()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void theFilterDoesNotChangeWhatIsDrawn() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = new RandomOutput(seed).bytes(200);
            byte[] passed = new QueryFilter().filter(bytes, 0, bytes.length);
            Terminal direct = new Terminal(40, 10, 10, _ -> {});
            Terminal filtered = new Terminal(40, 10, 10, _ -> {});
            direct.feed(bytes, 0, bytes.length);
            filtered.feed(passed, 0, passed.length);
            assertThat(filtered.screen().ansi())
                    .as("seed %d", seed)
                    .isEqualTo(direct.screen().ansi());
        }
    }
}
