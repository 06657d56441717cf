package dev.agentctl.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What every measurement runs on.
///
/// @param root the project's folder
/// @param quick whether to take fewer samples
record Bed(Path root, boolean quick) {
    /// So many samples, or fewer for a quick run.
    int samples(int full, int fewer) {
        return quick ? fewer : full;
    }

    Path launcher() {
        return root.resolve("scripts").resolve("agentctl");
    }

    Path pm2() {
        return root.resolve(".build/bench/node_modules/.bin/pm2");
    }

    /// Whether the real agents of the tests are installed here.
    boolean hasAgents() {
        return Files.exists(root.resolve(".build/agents/lock.sha256"));
    }

    /// The peers that watch children and are installed here.
    List<Keeper.Maker> watchers() {
        List<Keeper.Maker> makers = new ArrayList<>();
        if (Programs.has("supervisord")) {
            makers.add(Supervisord::new);
        }
        if (Programs.has("runsvdir")) {
            makers.add(Runit::new);
        }
        if (Files.isExecutable(pm2())) {
            makers.add(() -> new Pm2(pm2()));
        }
        return makers;
    }

    /// The peers that hold terminals and are installed here.
    List<Keeper.Maker> multiplexers() {
        List<Keeper.Maker> makers = new ArrayList<>();
        if (Programs.has("tmux")) {
            makers.add(Tmux::new);
        }
        if (Programs.has("screen")) {
            makers.add(GnuScreen::new);
        }
        return makers;
    }

    Keeper.Maker ours() {
        return () -> new Agentctl(launcher());
    }
}
