package dev.agentctl.recording;

import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Sessions of vim, less and htop.
final class ProgramRecordings {
    private static final int COLUMNS = 90;
    private static final int ROWS = 28;

    /// A stand-in for every other process: htop sees only what runs in its own process namespace.
    private static final String HTOP = "sleep 1001 & sleep 1002 & (sleep 1003 & exec sleep 1004) & exec htop -d 5";

    private ProgramRecordings() {}

    static Recording make(String name) throws IOException, InterruptedException, PtyStartException {
        Path folder = Files.createTempDirectory("recording").toRealPath();
        try {
            Files.writeString(folder.resolve("sample.c"), code());
            Files.writeString(folder.resolve("sample.txt"), text());
            try (Recorder recorder = new Recorder(name, command(folder, argv(name), COLUMNS, ROWS))) {
                return switch (name) {
                    case "vim" -> vim(recorder);
                    case "less" -> less(recorder);
                    case "htop" -> htop(recorder);
                    default -> throw new IllegalArgumentException("no recording " + name);
                };
            }
        } finally {
            remove(folder);
        }
    }

    static PtyCommand command(Path folder, List<String> argv, int columns, int rows) {
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "TERM", "xterm-256color",
                "LANG", "C.UTF-8");
        return new PtyCommand(argv, folder, environment, columns, rows);
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static List<String> argv(String name) {
        return switch (name) {
            case "vim" ->
                List.of("vim", "-u", "NONE", "-i", "NONE", "-n", "-c", "set nocp nu cul hls|syn on", "sample.c");
            case "less" -> List.of("less", "-R", "sample.txt");
            default -> List.of("unshare", "-Urpf", "--mount-proc", "sh", "-c", HTOP);
        };
    }

    private static String code() {
        StringBuilder code = new StringBuilder("/* 漢字 😀 👩‍👩‍👧‍👦 ❤️ e\u0301 */\n#include <stdio.h>\n");
        for (int i = 0; i < 60; i++) {
            code.append("int f")
                    .append(i)
                    .append("(int a) {\n\treturn a + ")
                    .append(i)
                    .append("; // «")
                    .append(i);
            code.append(i % 9 == 0 ? " a long remark that goes on well beyond the right margin of it all" : "");
            code.append("»\n}\n");
        }
        return code.toString();
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            text.append("\u001b[")
                    .append(30 + i % 8)
                    .append('m')
                    .append("line ")
                    .append(i)
                    .append("\u001b[0m ");
            text.append("\u001b[1mbold\u001b[22m \u001b[4munderlined\u001b[0m \u001b[7minverse\u001b[0m");
            text.append(i % 5 == 0 ? " 漢字かな 😀 é e\u0301 ".repeat(6) : " plain").append('\n');
        }
        return text.toString();
    }

    private static Recording vim(Recorder recorder) throws InterruptedException {
        recorder.await("stdio")
                .look("started")
                .press("\u0006")
                .press("\u0006")
                .press("\u0002")
                .press("G");
        recorder.press("gg")
                .press("/return\r")
                .press("n")
                .press("zt")
                .press("3dd")
                .press("p")
                .press("u");
        recorder.press("ggO new 漢字 😀 ❤️ line\u001b")
                .press("A more\u001b")
                .press("0x")
                .press("yyp");
        recorder.press("V5j")
                .press("\u001b")
                .press(":split\r")
                .press(":vsplit\r")
                .press("\u0017w")
                .press("\u0004");
        recorder.resize(60, 20).resize(110, 34);
        recorder.press(":set nowrap list\r")
                .press("10l")
                .press("\u0005")
                .press("\u0019")
                .press(":only\r");
        recorder.press(":set nu! rnu\r").press("5j").press(":help\r").press("\u0006");
        return recorder.end(":qa!\r");
    }

    private static Recording less(Recorder recorder) throws InterruptedException {
        recorder.await("line 0")
                .look("started")
                .press(" ")
                .press(" ")
                .press("b")
                .press("j")
                .press("j")
                .press("k");
        recorder.press("y")
                .press("d")
                .press("u")
                .press("/line 4\r")
                .press("n")
                .press("N")
                .press("g")
                .press("G");
        recorder.press("-S\r")
                .press("\u001b[C")
                .press("\u001b[D")
                .resize(60, 20)
                .resize(110, 34)
                .press("g");
        return recorder.press("h").press("q").end("q");
    }

    private static Recording htop(Recorder recorder) throws InterruptedException {
        recorder.await("sleep 1004")
                .look("started")
                .press("\u001b[B")
                .press("\u001b[B")
                .press("t")
                .press("u");
        recorder.press("\u001b\u001b")
                .press("/")
                .type("sleep")
                .look("search")
                .press("\r")
                .press("h")
                .press("q");
        recorder.press("\u001bOQ").press("\u001b[B").press("\u001b[C").press("q");
        recorder.resize(70, 20)
                .resize(110, 34)
                .press("\u001bOR")
                .press("\u001b\u001b")
                .press("I");
        return recorder.end("q");
    }
}
