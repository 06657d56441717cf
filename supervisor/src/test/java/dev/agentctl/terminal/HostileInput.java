package dev.agentctl.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes up what a hostile or broken program does: noise, damaged recordings, sequences without measure or end, and
/// changes of the size in between. The same seed makes the same.
final class HostileInput {
    private static final String[] STRINGS = {
        "\u001b]0;",
        "\u001b]8;;http://",
        "\u001b]8;id=",
        "\u001b]52;c;",
        "\u001b]7501;state=idle:msg=",
        "\u001b]11;",
        "\u001b]4;1;",
        "\u001b]9;",
        "\u001b]777;notify;",
        "\u001b]133;D;",
        "\u001b]1337;",
        "\u001b]99",
        "\u001bP$q",
        "\u001bP+q",
        "\u001bP1;2|",
        "\u001bPtmux;",
        "\u001b_G",
        "\u001b_",
        "\u001b^",
        "\u001bX",
        "\u001bk"
    };
    private static final String[] PILES = {
        "\u0301",
        "\u200d👩",
        "🇩",
        "\u001b[22;0t",
        "\u001b[>7u",
        "\u001b7",
        "\u001b[?1049h\u001b[?1049l",
        "\u001b(0",
        "\u001b[6n",
        "\u001b[c",
        "\u001b]11;?\u0007",
        "\u001b[?2026$p",
        "\u001b[4:3;58:2::1:2:3mx",
        "\u001bM",
        "\n",
        "\u001b]8;;http://x/%d\u0007y",
        "\u001b]2;title %d\u0007\u001b[22t",
        "漢",
        "\t",
        "\b",
        "\u001bH\u001b[C",
        "\u001b[@"
    };
    private static final int[] SIZES = {0, 1, 2, 3, 5, 8, 20, 80, 132, 300};
    private static final int LARGEST = 65_535;

    private final Random random;
    private final RandomOutput tokens;
    private final List<byte[]> recordings;

    HostileInput(long seed, List<byte[]> recordings) {
        tokens = new RandomOutput(seed);
        random = tokens.random();
        this.recordings = recordings;
    }

    List<FuzzStep> steps() {
        List<FuzzStep> steps = new ArrayList<>();
        int count = 2 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            steps.add(new FuzzStep.Feed(bytes()));
            if (random.nextInt(3) == 0) {
                steps.add(resize());
            }
            if (random.nextInt(2) == 0) {
                steps.add(new FuzzStep.Look());
            }
        }
        steps.add(new FuzzStep.Look());
        return steps;
    }

    private FuzzStep resize() {
        if (random.nextInt(500) == 0) {
            return new FuzzStep.Resize(LARGEST, LARGEST);
        }
        return new FuzzStep.Resize(SIZES[random.nextInt(SIZES.length)], SIZES[random.nextInt(7)]);
    }

    private byte[] bytes() {
        return switch (random.nextInt(10)) {
            case 0 -> noise();
            case 1, 2 -> damaged(tokens.bytes(60));
            case 3, 4, 5, 6 -> damaged(piece());
            case 7 -> giantParameters();
            case 8 -> endlessString();
            default -> pile();
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        return noise;
    }

    /// Some of a recording.
    private byte[] piece() {
        byte[] recording = recordings.get(random.nextInt(recordings.size()));
        int from = random.nextInt(recording.length);
        return Arrays.copyOfRange(recording, from, Math.min(recording.length, from + random.nextInt(3000)));
    }

    /// Flips bits, cuts, repeats and splices.
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole;
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            bytes = switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= (byte) (1 << random.nextInt(8));
                    yield flipped;
                }
                case 1 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
                case 2 -> joined(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 ->
                    joined(Arrays.copyOf(bytes, at), tokens.bytes(2), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> joined(Arrays.copyOf(bytes, at), piece());
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] giantParameters() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append(random.nextInt(8) == 0 ? "\u001bP" : "\u001b[").append(oneOf("", "", "?", ">", "=", "<"));
            int parameters = random.nextInt(60) == 0 ? 3000 : random.nextInt(40);
            for (int j = 0; j < parameters; j++) {
                text.append(oneOf("", "1", "38", "48;5", "4:3", "65535", "2147483647", "2147483648", "9".repeat(40)));
                text.append(random.nextInt(6) == 0 ? ':' : ';');
            }
            text.append(oneOf("", "", "", " ", "$", "!", "\"", "'", "*")).append((char) ('@' + random.nextInt(63)));
        }
        return text.toString().getBytes(UTF_8);
    }

    private byte[] endlessString() {
        StringBuilder text = new StringBuilder(oneOf(STRINGS));
        String filling = oneOf("x", "a=1;", "9", "?;", "é", "漢", "\u0001", ":", "QUJD", "\u009c", "=");
        text.repeat(filling, random.nextInt(20) == 0 ? 100_000 : random.nextInt(300));
        return text.append(oneOf("", "", "\u0007", "\u001b\\", "\u001b", "\u0018"))
                .toString()
                .getBytes(UTF_8);
    }

    private byte[] pile() {
        String one = oneOf(PILES);
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(20) == 0 ? 3000 : random.nextInt(200);
        for (int i = 0; i < count; i++) {
            text.append(one.replace("%d", Integer.toString(i)));
        }
        return text.toString().getBytes(UTF_8);
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
