package dev.agentctl.e2e;

import dev.agentctl.doctor.Capability;
import dev.agentctl.doctor.Finding;
import dev.agentctl.doctor.Patient;
import dev.agentctl.testkit.AgentClis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each pinned agent was seen to be capable of: `.build/capabilities.txt`, which `scripts/test` shows.
final class CapabilityTable {
    private final Map<Patient, List<Finding>> seen = new EnumMap<>(Patient.class);

    /// Adds an agent's column, and writes the table anew.
    void add(Patient patient, List<Finding> findings) throws IOException {
        seen.put(patient, findings);
        Path file = AgentClis.folder().resolve("../capabilities.txt").normalize();
        Files.writeString(file, text());
    }

    private String text() throws IOException {
        JsonNode pinned = new JsonMapper()
                .readTree(Files.readString(AgentClis.folder().resolve("package.json")))
                .path("dependencies");
        StringBuilder text = new StringBuilder("%-28s".formatted("Agents"));
        seen.keySet().forEach(patient -> text.append("%20s".formatted(heading(patient, pinned))));
        for (Capability capability : Capability.values()) {
            text.append("%n  %-26s".formatted(capability.label()));
            seen.values().forEach(findings -> text.append("%20s".formatted(result(findings, capability))));
        }
        return text.append('\n').toString();
    }

    private static String heading(Patient patient, JsonNode pinned) {
        return switch (patient) {
            case CLAUDE -> "claude " + pinned.path("@anthropic-ai/claude-code").asString();
            case CODEX -> "codex " + pinned.path("@openai/codex").asString();
            case GEMINI -> "gemini " + pinned.path("@google/gemini-cli").asString();
            case OPENCODE -> "opencode " + pinned.path("opencode-linux-x64").asString();
        };
    }

    private static String result(List<Finding> findings, Capability capability) {
        return findings.stream()
                .filter(finding -> finding.capability() == capability)
                .map(finding -> finding.result().word())
                .findFirst()
                .orElse("");
    }
}
