package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.SessionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From the phone to a program that agentctl knows only by the patterns of its project, in its own terminal.
@Timeout(600)
class ProgramEndToEndTest extends EndToEnd {
    /// `work` goes on until the test opens the gate, `ask` opens a dialog, `die` is a crash.
    private static final String PROGRAM = """
            #!/bin/bash
            [ "$1" = --continue ] && echo 'going on'
            while printf '>>> '; IFS= read -r line; do
              printf 'got: %s\\n' "$line"
              case $line in
                work) IFS= read -r _ < gate ;;
                ask) printf 'Delete all? [y/N] '; IFS= read -r answer; printf 'answered: %s\\n' "$answer" ;;
                die) exit 3 ;;
              esac
            done
            """;

    private Path folder;

    @BeforeEach
    void startTheProgram() throws IOException, InterruptedException {
        folder = home.project("a");
        Path program = folder.resolve("program");
        Files.writeString(program, PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("gate").toString())
                        .start()
                        .waitFor())
                .isZero();
        product.configure(Optional.of(telegram), """
                  - name: a
                    directory: %s
                    agent: command
                    executable: %s
                    ready: '^>>> $'
                    dialog: '\\[y/N\\] $'
                    resume_args: [--continue]
                """.formatted(folder, program));
        product.up();
        product.awaitState("a", "idle");
    }

    private void awaitQueued() throws IOException, InterruptedException {
        product.awaitStatus("a", "one message queued", report -> report.queued() == 1);
    }

    @Test
    void aMessageIsTypedOnlyWhereThePromptIsSeen() throws IOException, InterruptedException {
        assertThat(product.status("a").evidence()).contains("pattern ready: >>>");
        say("/to a work");
        product.awaitScreen("a", "got: work");
        product.awaitState("a", "working");
        say("/to a hello");
        awaitQueued();
        assertThat(product.screen("a")).doesNotContain("hello");
        Files.writeString(folder.resolve("gate"), "open\n");
        product.awaitScreen("a", "got: hello");
        SessionReport after = product.awaitState("a", "idle");
        assertThat(after.queued()).isZero();
    }

    @Test
    void aDialogIsToldAndHoldsMessages() throws IOException, InterruptedException {
        say("/to a ask");
        hear("Delete all? [y/N]");
        SessionReport asked = product.awaitState("a", "awaiting-approval");
        assertThat(asked.evidence()).contains("pattern dialog: Delete all? [y/N]");
        say("/to a hello");
        awaitQueued();
        assertThat(product.screen("a")).doesNotContain("answered");
        say("/keys a y Enter");
        product.awaitScreen("a", "answered: y");
        product.awaitScreen("a", "got: hello");
        product.awaitState("a", "idle");
    }

    @Test
    void messagesInARowAreTypedOneByOne() throws IOException, InterruptedException {
        say("/to a work");
        say("/to a ask");
        awaitQueued();
        Files.writeString(folder.resolve("gate"), "open\n");
        product.awaitScreen("a", "got: ask");
        say("/to a last");
        awaitQueued();
        assertThat(product.screen("a")).doesNotContain("last");
    }

    @Test
    void aCrashedProgramIsGivenTheArgumentsToGoOn() throws IOException, InterruptedException {
        say("/to a die");
        product.awaitScreen("a", "going on");
        product.awaitState("a", "idle");
    }

    /// Each killed one left a megabyte in the temporary folder.
    @Test
    void whatAKilledSupervisorHadUnpackedIsGoneWithTheNextOne() throws IOException, InterruptedException {
        Path natives = product.folder().natives("supervisor");
        List<Path> unpacked = list(natives);
        assertThat(unpacked).isNotEmpty();
        product.killSupervisor();
        assertThat(list(natives)).isEqualTo(unpacked);
        product.up();
        product.awaitState("a", "idle");
        assertThat(list(natives)).isNotEmpty().doesNotContainAnyElementsOf(unpacked);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
