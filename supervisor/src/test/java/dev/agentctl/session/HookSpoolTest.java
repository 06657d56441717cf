package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.tools.HookCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookSpoolTest {
    @TempDir
    Path temporary;

    private final List<String> taken = new ArrayList<>();
    private Path folder;
    private Path foreign;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(temporary.resolve("run/hooks"));
        foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.writeString(foreign.resolve("package.json"), "{}");
    }

    private void drain() {
        drain(Instant.now());
    }

    private void drain(Instant now) {
        new HookSpool(temporary.resolve("run")).drain(now, (key, payload, _) -> taken.add(key + " " + payload));
    }

    @Test
    void whatIsKeptIsHandedOverOnceTheOldestFirst() throws IOException {
        Files.writeString(folder.resolve("2.json"), "second");
        Files.writeString(folder.resolve("1.json"), "first");
        Files.writeString(folder.resolve("3.part"), "half");
        drain();
        drain();
        assertThat(taken).containsExactly("1 first", "2 second");
        assertThat(folder).isDirectoryContaining("glob:**/3.part").isDirectoryNotContaining("glob:**.json");
    }

    /// Its hook was ended before it could give it its name, perhaps in the middle.
    @Test
    void whatWasLeftUnnamedIsHandedOverAfterAMinute() throws IOException {
        Files.writeString(folder.resolve("1.part"), "left");
        drain(Instant.now().plusSeconds(30));
        assertThat(taken).isEmpty();
        drain(Instant.now().plusSeconds(90));
        assertThat(taken).containsExactly("1 left");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsHandedOverWhereNoFolderIs() throws IOException {
        Files.delete(folder);
        drain();
        assertThat(taken).isEmpty();
    }

    /// An agent in a sandbox may write here, and must not have files read and deleted that it cannot reach.
    @Test
    void aLinkInTheFoldersPlaceIsNotFollowed() throws IOException {
        Files.delete(folder);
        Files.createSymbolicLink(folder, foreign);
        drain();
        assertThat(taken).isEmpty();
        assertThat(foreign.resolve("package.json")).exists();
    }

    @Test
    void aLinkInTheFolderIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("1.json"), foreign.resolve("package.json"));
        drain();
        assertThat(taken).isEmpty();
        assertThat(foreign.resolve("package.json")).exists();
    }

    /// It could be as large as the disk.
    @Test
    void whatIsTooLargeIsDropped() throws IOException {
        Files.write(folder.resolve("1.json"), new byte[HookCall.MOST_BYTES + 1]);
        Files.writeString(folder.resolve("2.json"), "second");
        drain();
        assertThat(taken).containsExactly("2 second");
        assertThat(folder).isEmptyDirectory();
    }
}
