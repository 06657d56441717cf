package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agentctl.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hook's script in the state folder.
class HookInstallTest {
    @TempDir
    Path folder;

    private Object identity() throws IOException {
        return Files.readAttributes(folder.resolve("hook"), BasicFileAttributes.class)
                .fileKey();
    }

    @Test
    void itIsThereForUsAloneAndWrittenOnlyWhereItDiffers() throws IOException {
        Path script = HookScript.install(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwx------");
        String text = Files.readString(script);
        assertThat(text).startsWith("#!/usr/bin/env bash\n");
        Object first = identity();
        HookScript.install(folder);
        assertThat(identity()).isEqualTo(first);
        Files.writeString(script, "an older one");
        HookScript.install(folder);
        assertThat(script).hasContent(text.stripTrailing()).isExecutable();
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void onAFullDiskAnOlderOneDoes() throws IOException, InterruptedException {
        Optional<SmallDisk> mounted = SmallDisk.at(folder, "64k");
        assumeThat(mounted).as("may mount a small disk").isPresent();
        try (SmallDisk disk = mounted.orElseThrow()) {
            Path script = HookScript.install(folder);
            Files.writeString(script, "an older one");
            disk.fill();
            assertThat(HookScript.install(folder)).hasContent("an older one");
            Files.delete(script);
            disk.fill();
            assertThatIOException().isThrownBy(() -> HookScript.install(folder));
            assertThat(folder).isDirectoryNotContaining("glob:**.new");
            disk.free();
            assertThat(HookScript.install(folder)).isExecutable();
        }
    }
}
