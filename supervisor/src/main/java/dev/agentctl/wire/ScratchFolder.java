package dev.agentctl.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/// A state folder inside of another, for what a role tries by itself; with nothing in it before and gone afterwards.
public final class ScratchFolder implements AutoCloseable {
    private final StateFolder folder;

    private ScratchFolder(StateFolder folder) {
        this.folder = folder;
    }

    /// Makes it, in the place of one that a killed process has left.
    ///
    /// @throws IOException in one line, if it cannot be had
    public static ScratchFolder in(StateFolder state, String name) throws IOException {
        if (!Files.isDirectory(state.path())) {
            // somebody has deleted it, and it is not for us to bring it back
            throw new IOException("there is no " + state.path());
        }
        StateFolder folder = new StateFolder(state.path().resolve(name));
        FolderTree.delete(folder.path());
        Optional<String> complaint = folder.prepare();
        if (complaint.isPresent()) {
            throw new IOException(complaint.get());
        }
        return new ScratchFolder(folder);
    }

    public StateFolder folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        FolderTree.delete(folder.path());
    }
}
