package dev.agentctl.cli;

import dev.agentctl.project.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The text of a first configuration.
///
/// @param bot empty: without Telegram
record FirstConfiguration(Optional<Bot> bot, List<Choice> projects) {
    /// @param tokenLine the key and value that tell the token
    /// @param apiUrl where it is not Telegram's own
    record Bot(String tokenLine, long operator, Optional<String> apiUrl) {}

    /// @param executable for an agent that is just a program
    record Choice(FoundProject project, String agent, Optional<String> executable) {}

    String text(Path home) {
        StringBuilder text = new StringBuilder("# Written by `agentctl setup`; config/agentctl.example.yaml explains"
                + " every key. After a change: agentctl reload\n");
        bot.ifPresent(telegram -> {
            text.append("telegram:\n  ").append(telegram.tokenLine).append('\n');
            text.append("  operators: [").append(telegram.operator).append("]\n");
            telegram.apiUrl.ifPresent(url ->
                    text.append("  api_url: ").append(YamlText.quoted(url)).append('\n'));
        });
        text.append(projects.isEmpty() ? "projects: []\n" : "projects:\n");
        for (Choice choice : projects) {
            text.append("  - name: ")
                    .append(YamlText.quoted(choice.project.name()))
                    .append('\n');
            text.append("    directory: ")
                    .append(YamlText.quoted(path(choice.project.folder(), home)))
                    .append('\n');
            text.append("    agent: ").append(choice.agent).append('\n');
            choice.executable.ifPresent(program -> text.append("    executable: ")
                    .append(YamlText.quoted(program))
                    .append('\n'));
        }
        return text.toString();
    }

    private static String path(Path folder, Path home) {
        return folder.startsWith(home) && !folder.equals(home) ? "~/" + home.relativize(folder) : folder.toString();
    }
}
