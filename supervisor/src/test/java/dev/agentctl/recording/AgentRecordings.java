package dev.agentctl.recording;

import dev.agentctl.pty.PtyCommand;
import dev.agentctl.pty.PtyStartException;
import dev.agentctl.testkit.AgentClis;
import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sessions of Claude Code and Codex: long streamed answers, scripts of many kinds, code, a dialog that changes a file,
/// one that runs a command, and changes of the size in the middle of it.
final class AgentRecordings {
    private static final int COLUMNS = 100;
    private static final int ROWS = 32;

    private static final String SCRIPTS = """
            漢字かな交じり 한국어 각 😀 👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ❤️ ☺ 1️⃣ ✌🏽 é e\u0301 नि ก็ │└─ ✻⏺ ½ ﷽ | end""";

    private static final String CODE = """
            # Title
            - **bold** and *it* `code`
            ```java
            int x = 1; // 漢字 😀
            String s = "a\\tb";
            ```
            > quote
            1. one
            2. two
            | a | b |
            |---|---|
            | 漢 | ❤️ |
            """;

    private AgentRecordings() {}

    static Recording make(String name) throws IOException, InterruptedException, PtyStartException {
        try (ScriptedModel model = ScriptedModel.start();
                AgentHome home = AgentHome.create(model)) {
            Path project = home.project("sample");
            boolean claude = name.startsWith("claude");
            Map<String, String> environment = new HashMap<>(home.environment());
            environment.putAll(variables(name));
            List<String> argv = claude ? claude() : codex(home, project, name);
            PtyCommand command = new PtyCommand(argv, project, environment, COLUMNS, ROWS);
            try (Recorder recorder = new Recorder(name, command)) {
                return claude ? talk(recorder, project) : talkToCodex(recorder);
            }
        }
    }

    private static Map<String, String> variables(String name) {
        return switch (name) {
            case "claude-fullscreen" -> Map.of("CLAUDE_CODE_NO_FLICKER", "1");
            case "claude-ghostty" -> Map.of("TERM_PROGRAM", "ghostty", "CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN", "1");
            case "claude-inline" -> Map.of("CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN", "1");
            default -> Map.of();
        };
    }

    private static List<String> claude() {
        return List.of(AgentClis.claude().toString(), "--permission-mode", "default");
    }

    private static List<String> codex(AgentHome home, Path project, String name) {
        List<String> argv = new ArrayList<>(List.of(AgentClis.codex().toString()));
        argv.addAll(List.of("--no-daemon", "-c", "check_for_update_on_startup=false"));
        argv.addAll(List.of("-c", "projects={\"" + project + "\"={trust_level=\"trusted\"}}"));
        argv.addAll(home.codexArguments());
        if (name.equals("codex-inline")) {
            argv.add("--no-alt-screen");
        }
        return argv;
    }

    private static Recording talk(Recorder recorder, Path project) throws InterruptedException {
        recorder.await("❯").look("started");
        ask(recorder, "turn1 SLOW 4 " + SCRIPTS).await("answer to: turn1").look("many scripts");
        ask(recorder, "turn2 " + CODE).await("▎ quote").look("markdown");
        streamWhileResizing(recorder);
        ask(
                recorder,
                "turn4 CALL Write {\"file_path\":\"" + project + "/a.txt\",\"content\":\"one 漢\\n\\ttwo\\n\"}END");
        recorder.await("Do you want").press("\u001b[B").press("\u001b[A").type("\r");
        recorder.await("answer to: turn4").look("file written");
        ask(recorder, "turn5 CALL Bash {\"command\":\"rm -rf /nowhere\",\"description\":\"x\"}END")
                .await("Do you want")
                .press("\u001b");
        recorder.press("/").press("\u001b").press("!").press("\u007f");
        return recorder.press("?").press("\u007f").end("\u0003\u0003");
    }

    private static Recording talkToCodex(Recorder recorder) throws InterruptedException {
        recorder.await("›").look("started");
        ask(recorder, "turn1 SLOW 4 " + SCRIPTS).await("answer to: turn1").look("many scripts");
        ask(recorder, "turn2 " + CODE).await("answer to: turn2").look("markdown");
        streamWhileResizing(recorder);
        ask(
                recorder,
                "turn4 CALL exec_command {\"cmd\":\"printf '漢\\\\n%.0s' 1 2 3\",\"sandbox_permissions\":"
                        + "\"require_escalated\",\"justification\":\"漢字 😀\"}END");
        recorder.await("Would you like").press("\u001b[B").press("\u001b[A").type("\r");
        recorder.await("answer to: turn4").look("command done");
        return recorder.press("/").press("\u007f").press("?").end("\u0003\u0003");
    }

    private static void streamWhileResizing(Recorder recorder) throws InterruptedException {
        ask(recorder, "turn3 SLOW 20").await("word60").resize(76, 24);
        recorder.await("word140").resize(120, 40);
        recorder.await("answer to: turn3").look("streamed").resize(COLUMNS, ROWS);
    }

    private static Recorder ask(Recorder recorder, String prompt) throws InterruptedException {
        return recorder.type("\u001b[200~" + prompt + "\u001b[201~")
                .look("typed")
                .type("\r");
    }
}
