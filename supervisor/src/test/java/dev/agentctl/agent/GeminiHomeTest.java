package dev.agentctl.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeminiHomeTest {
    private static final Path OURS = Path.of("/s/run/a/gemini");
    private static final LaunchSite SITE = new LaunchSite(
            Map.of(), "cookie", "the-secret-of-this-start", 4_711, OURS.resolveSibling("."), Path.of("/s/hook"));

    @TempDir
    private Path user;

    private Path data;

    @BeforeEach
    void make() throws IOException {
        data = Files.createDirectory(user.resolve(".gemini"));
    }

    private GeminiHome home() {
        return GeminiHome.of(Map.of("HOME", user.toString()), OURS);
    }

    private String settings() {
        return home().files(SITE).getOrDefault(OURS.resolve(".gemini/settings.json"), "none");
    }

    @Test
    void theUsersSettingsAreKeptAndOursAdded() throws IOException {
        Files.writeString(data.resolve("settings.json"), """
                { // mine
                  "mcpServers": {"mine": {"command": "x"}},
                  "hooks": {"BeforeTool": [{"hooks": [{"type": "command", "command": "own"}]}]},
                  "ui": {"theme": "Dracula"},
                }
                """);
        JsonNode settings = JsonMapper.shared().readTree(settings());
        assertThat(settings.at("/mcpServers/mine/command").asString()).isEqualTo("x");
        assertThat(settings.at("/mcpServers/agentctl/httpUrl").asString()).isEqualTo("http://127.0.0.1:4711/mcp");
        assertThat(settings.at("/mcpServers/agentctl/headers/Authorization").asString())
                .isEqualTo("Bearer $AGENTCTL_TOKEN");
        assertThat(settings.at("/hooks/BeforeTool/0/hooks/0/command").asString())
                .isEqualTo("own");
        assertThat(settings.at("/hooks/BeforeTool/1/hooks/0/command").asString())
                .isEqualTo("bash '/s/hook' gemini");
        assertThat(settings.at("/hooks/AfterAgent/0/hooks/0/timeout").asInt()).isEqualTo(30_000);
        assertThat(settings.at("/ui/theme").asString()).isEqualTo("Dracula");
        assertThat(settings.toString()).doesNotContain("the-secret");
    }

    @Test
    void brokenSettingsAreItsOwnToComplainOf() throws IOException {
        Files.writeString(data.resolve("settings.json"), "{\"ui\": ");
        assertThat(settings()).isEqualTo("{\"ui\": ");
    }

    /// Without them it would be another agent.
    @Test
    void settingsThatCannotBeReadAreNotTakenForNone() throws IOException {
        Files.createDirectory(data.resolve("settings.json"));
        assertThatThrownBy(this::settings).isInstanceOf(UncheckedIOException.class);
        assertThat(Files.deleteIfExists(data.resolve("settings.json"))).isTrue();
        assertThat(settings()).contains("AGENTCTL_TOKEN");
    }

    @Test
    void allElseLeadsToTheUsers() throws IOException {
        Files.writeString(data.resolve("settings.json"), "{}");
        Files.createDirectory(data.resolve("commands"));
        Map<Path, Path> links = home().links();
        Path ours = OURS.resolve(".gemini");
        assertThat(links)
                .containsEntry(ours.resolve("commands"), data.resolve("commands"))
                .containsEntry(ours.resolve("tmp"), data.resolve("tmp"))
                .containsEntry(ours.resolve("oauth_creds.json"), data.resolve("oauth_creds.json"))
                .containsEntry(OURS.resolve(".env"), user.resolve(".env"))
                .doesNotContainKey(ours.resolve("settings.json"));
        assertThat(home().folders()).contains(data.resolve("tmp"));
    }
}
