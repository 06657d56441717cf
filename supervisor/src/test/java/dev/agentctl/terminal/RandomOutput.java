package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/// Makes up program output: mostly what real programs send, densely mixed, with some garbage.
final class RandomOutput {
    private static final String[] TEXT = {
        "a",
        "hello",
        "some longer text that wraps",
        " ",
        "│ └─ ",
        "漢字",
        "😀",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "🇩",
        "✌🏽",
        "❤️",
        "1️⃣",
        "e\u0301",
        "\u0301",
        "\u200d",
        "👍",
        "🏽",
        "ｗ",
        "x漢",
        "q",
        "\u00ad",
        "\u200b",
        "\u1100\u1161\u11a8",
        "नि"
    };
    private static final String[] CONTROL = {
        "\r\n", "\r\n", "\r\n", "\n", "\r", "\b", "\t", "\u0007", "\u000e", "\u000f", "\u000b"
    };
    private static final String[] MODES = {
        "?1", "?5", "?6", "?7", "?25", "?45", "?1000", "?1002", "?1003", "?1005", "?1006", "?1015", "?1004", "?1007",
        "?2004", "?2026", "?2031", "?12", "?66", "4", "20", "?3", "?40", "?7777", "?69", "?69", "?1045", "?41", "?67",
        "?8", "?95", "?4"
    };
    private static final String[] SEQUENCES = {
        "\u001b7",
        "\u001b6",
        "\u001b9",
        "\u001b[2'}",
        "\u001b[ @",
        "\u001b8",
        "\u001bD",
        "\u001bM",
        "\u001bE",
        "\u001bH",
        "\u001b=",
        "\u001b>",
        "\u001b(0",
        "\u001b(B",
        "\u001b)0",
        "\u001bn",
        "\u001bN",
        "\u001b[s",
        "\u001b[u",
        "\u001b[!p",
        "\u001b[3g",
        "\u001b[g",
        "\u001b[2J",
        "\u001b[J",
        "\u001b[1J",
        "\u001b[K",
        "\u001b[1K",
        "\u001b[2K",
        "\u001b[?K",
        "\u001b[1\"q",
        "\u001b[0\"q",
        "\u001b]8;;http://a/b\u0007",
        "\u001b]8;id=7;http://c\u001b\\",
        "\u001b]8;;\u0007",
        "\u001b]2;title\u0007",
        "\u001b]0;✳ other\u001b\\",
        "\u001b[22;0t",
        "\u001b[23t",
        "\u001b[>5u",
        "\u001b[<u",
        "\u001b[=3;2u",
        "\u001b[>4;2m",
        "\u001b[3 q",
        "\u001b[r",
        "\u001b#8",
        "\u001b[c",
        "\u001b[6n",
        "\u001bP$qm\u001b\\",
        "\u001b_Gxx\u001b\\",
        "\u001b[?1049h",
        "\u001b[?1049l",
        "\u001b[?47h",
        "\u001b[?1047l",
        "\u001b[?1048h",
        "\u001b[?47l",
        "\u001b[?1047h",
        "\u001b[?1048l",
        "\u001b[?1;6;7;12;1000;1006s",
        "\u001b[?6;69;2026s",
        "\u001b[?1;6;7;69;1000r",
        "\u001b[?12;1006;2026r",
        "\u001b[#{",
        "\u001b[1;4;30#{",
        "\u001b[#}",
        "\u001b[#}",
        "\u001bV",
        "\u001bW",
        "\u001b]4;1;#123456;200;rgb:a/b/c\u0007",
        "\u001b]11;white\u0007",
        "\u001b]104;1\u0007",
        "\u001b]111\u0007",
        "\u001b[42;2;2;4;8$x",
        "\u001b[1;2;3;9;1;2;4;1$v",
        "\u001b[1;1;3;6;;5;3$v",
        "\u001b[2;3;5;7$z",
        "\u001b[2;3;5;7${",
        "\u001b[1;2;4;5;1;4;34$r",
        "\u001b[1;2;4;5;7$t",
        "\u001b[2*x",
        "\u001b[0*x"
    };
    private static final String[] STYLES = {
        "0",
        "1",
        "2",
        "3",
        "4",
        "7",
        "9",
        "21",
        "22",
        "24",
        "31",
        "44",
        "39",
        "49",
        "97",
        "38;5;99",
        "48;5;17",
        "38;2;1;2;3",
        "48:2::9:8:7",
        "4:3",
        "58:5:3",
        "58:2::1:2:3",
        "59",
        "53",
        "1;31;44"
    };
    private static final String COUNTED = "ABCDEFGdaeI`Z@PXLMSTb";

    private final Random random;

    RandomOutput(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    byte[] bytes(int tokens) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < tokens; i++) {
            byte[] token = token();
            // Cut some short: sequences interrupted by others.
            int length = random.nextInt(60) == 0 ? random.nextInt(token.length + 1) : token.length;
            out.write(token, 0, length);
        }
        return out.toByteArray();
    }

    private byte[] token() {
        if (random.nextInt(150) == 0) {
            byte[] garbage = new byte[1 + random.nextInt(6)];
            random.nextBytes(garbage);
            return garbage;
        }
        return text().getBytes(UTF_8);
    }

    private String text() {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return pick(TEXT);
        }
        if (kind < 52) {
            return pick(CONTROL);
        }
        if (kind < 62) {
            return "\u001b[" + pick(STYLES) + "m";
        }
        if (kind < 72) {
            return "\u001b[" + (random.nextInt(3) == 0 ? "" : random.nextInt(9)) + pickFinal();
        }
        if (kind < 80) {
            return "\u001b[" + random.nextInt(12) + ";" + random.nextInt(30) + "H";
        }
        if (kind < 85) {
            return "\u001b[" + pick(MODES) + (random.nextInt(2) == 0 ? "h" : "l");
        }
        if (kind < 87) {
            return "\u001b[" + random.nextInt(8) + ";" + random.nextInt(12) + (random.nextInt(2) == 0 ? "r" : "s");
        }
        return kind < 98 || random.nextInt(8) > 0 ? pick(SEQUENCES) : "\u001bc";
    }

    private char pickFinal() {
        return COUNTED.charAt(random.nextInt(COUNTED.length()));
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
