package dev.agentctl.recording;

import dev.agentctl.pty.PtyStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes the recordings again: the real agents against a scripted model on loopback, and some terminal programs, all
/// in temporary folders, so that nothing of the machine or of its user gets into them.
///
/// It needs the agents of `scripts/install-test-agents` and, from the system, `vim less htop vttest unshare`. Run this
/// main method in the module's folder with the tests' class path (an editor's "run" does); its arguments name the
/// recordings to make, none means all ([Recording#NAMES]). Afterwards the bounds in [KnownDifferences] may have to
/// be read anew from what the oracle tests print.
final class MakeRecordings {
    private static final Path FOLDER = Path.of("src/test/resources/recordings");

    private MakeRecordings() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, PtyStartException {
        if (!Files.isDirectory(Path.of("src/test"))) {
            throw new IOException("run this in the module's folder: there is no src/test in "
                    + Path.of("").toAbsolutePath());
        }
        Files.createDirectories(FOLDER);
        for (String name : arguments.length > 0 ? List.of(arguments) : Recording.NAMES) {
            Recording recording = make(name);
            recording.write(FOLDER);
            System.out.println(name + ": " + recording.output().length + " bytes, " + checkpoints(recording)
                    + " checkpoints, " + Files.size(FOLDER.resolve(name + ".cast.gz")) + " bytes packed");
        }
    }

    private static long checkpoints(Recording recording) {
        return recording.events().stream()
                .filter(RecordedEvent.Checkpoint.class::isInstance)
                .count();
    }

    private static Recording make(String name) throws IOException, InterruptedException, PtyStartException {
        return switch (name) {
            case "claude-fullscreen", "claude-inline", "claude-ghostty", "codex-fullscreen", "codex-inline" ->
                AgentRecordings.make(name);
            case "vim", "less", "htop" -> ProgramRecordings.make(name);
            default -> VttestRecordings.make(name);
        };
    }
}
