package dev.agentctl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.doctor.Checkup;
import dev.agentctl.doctor.Finding;
import dev.agentctl.doctor.Finding.Result;
import dev.agentctl.doctor.Patient;
import dev.agentctl.testkit.AgentClis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The self-test, on the real CLIs and on a program that is none.
@Timeout(600)
class DoctorEndToEndTest {
    private static final String PATH = AgentClis.folder() + ":/usr/local/bin:/usr/bin:/bin";

    private static final CapabilityTable TABLE = new CapabilityTable();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Patient.class)
    void thePinnedVersionsHaveEveryCapability(Patient patient) throws IOException, InterruptedException {
        Path program = switch (patient) {
            case CLAUDE -> AgentClis.claude();
            case CODEX -> AgentClis.codex();
            case GEMINI -> AgentClis.gemini();
            case OPENCODE -> AgentClis.opencode();
        };
        List<Finding> told = new ArrayList<>();
        List<Finding> findings = Checkup.run(patient, program, PATH, told::add);
        TABLE.add(patient, findings);
        assertThat(findings)
                .isEqualTo(told)
                .allSatisfy(finding ->
                        assertThat(finding.result()).as(finding.toString()).isIn(Result.OK, Result.NEVER));
    }

    @Test
    void whatDoesNotStartIsMissingAndTheRestUntried() throws IOException, InterruptedException {
        Path program = folder.resolve("claude");
        Files.writeString(program, "#!/bin/sh\necho 'a library is missing'\nexit 127\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        List<Finding> findings = Checkup.run(Patient.CLAUDE, program, PATH, _ -> {});
        assertThat(findings.getFirst().result()).isEqualTo(Result.MISSING);
        assertThat(findings.getFirst().detail()).contains("failed").contains("a library is missing");
        assertThat(findings.subList(1, findings.size()))
                .extracting(Finding::result)
                .containsOnly(Result.UNTRIED);
    }
}
