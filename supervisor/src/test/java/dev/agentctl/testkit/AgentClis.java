package dev.agentctl.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the real agent command lines, in the versions that `supervisor/src/test/agents/package.json` pins. A test
/// that needs one fails where it is not installed; it is never skipped.
public final class AgentClis {
    private static final String INSTALLER = "scripts/install-test-agents";

    private AgentClis() {}

    /// Claude Code's own binary.
    public static Path claude() {
        return program("claude");
    }

    /// Codex's native binary, without the Node.js launcher before it: one pid is the whole agent.
    public static Path codex() {
        return program("codex");
    }

    /// Gemini CLI's own script, to be run by [#node()].
    public static Path gemini() {
        return program("gemini");
    }

    /// opencode's own binary.
    public static Path opencode() {
        return program("opencode");
    }

    /// A Node.js new enough for every tool in [#modules()].
    public static Path node() {
        return program("node");
    }

    /// The folder with `claude`, `codex`, `gemini` and `node`, for a PATH.
    public static Path folder() {
        installed("claude");
        return agents();
    }

    /// `node_modules` with the pinned JavaScript packages.
    public static Path modules() {
        return installed("node_modules");
    }

    private static Path program(String name) {
        Path program = installed(name);
        if (!Files.isExecutable(program)) {
            throw missing(program);
        }
        return program;
    }

    /// Something below `.build/agents`; the installer writes its stamp last, so that half an installation is none.
    private static Path installed(String name) {
        Path found = agents().resolve(name);
        if (!Files.exists(agents().resolve("lock.sha256")) || !Files.exists(found)) {
            throw missing(found);
        }
        return found;
    }

    private static Path agents() {
        return root().resolve(".build/agents");
    }

    private static AssertionError missing(Path path) {
        return new AssertionError(
                "Run " + INSTALLER + " first: the agents of the tests are missing or half installed, wanted " + path);
    }

    /// The project's root: Maven runs the tests in the module, an editor may run them above it.
    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(INSTALLER))) {
                return folder;
            }
        }
        throw new AssertionError("There is no " + INSTALLER + " in or above " + start);
    }
}
