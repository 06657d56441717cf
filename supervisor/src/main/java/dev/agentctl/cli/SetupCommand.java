package dev.agentctl.cli;

import dev.agentctl.cli.FirstConfiguration.Choice;
import dev.agentctl.control.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "setup",
        header = "Write a first configuration, with a few questions",
        description = {
            "%nTries the bot's token, learns who you are from the first message that you write to the bot, and finds"
                    + " your projects and agents. Writes agentctl.yaml only where there is none; a token that you type"
                    + " goes into a file beside it that only you can read. Flags answer beforehand; where standard"
                    + " input is no terminal, answers are read from it line by line."
        },
        footer = {
            "%nExamples:",
            "  agentctl setup",
            "  agentctl setup --print                      only show what would be written",
            "  agentctl setup --no-telegram --project ~/src/project-a --agent codex",
            "  agentctl setup --operator 123456789 --token-file ~/bot.token \\",
            "    --project shop=~/src/web"
        })
final class SetupCommand extends Verb {
    /// Beside the configuration.
    static final String TOKEN_FILE = "telegram.token";

    @Option(names = "--print", description = "Print the configuration and write nothing.")
    private boolean print;

    @ArgGroup(exclusive = false, heading = "%nThe bot:%n")
    private SetupTelegram telegram = new SetupTelegram();

    @ArgGroup(exclusive = false, heading = "%nThe projects:%n")
    private SetupProjects projects = new SetupProjects();

    SetupCommand(Agentctl root) {
        super(root);
    }

    @Override
    boolean heedsSupervisor() {
        return false;
    }

    @Override
    ExitCode run() throws CommandFailure, IOException, InterruptedException {
        Path file = root().configuration();
        if (!print && Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    file + " is there, and is not overwritten; edit it, and look at another one with: agentctl setup"
                            + " --print");
        }
        try (Questions questions = Questions.of(surroundings())) {
            Optional<SetupTelegram.Found> bot = telegram.find(surroundings(), questions);
            List<Choice> chosen = projects.choose(surroundings(), questions);
            Path home = Path.of(surroundings().environment().getOrDefault("HOME", "/"));
            String text = new FirstConfiguration(bot.map(SetupTelegram.Found::bot), chosen).text(home);
            if (print) {
                surroundings().out().print(text);
                return ExitCode.OK;
            }
            write(file, text, bot.flatMap(SetupTelegram.Found::secret));
        }
        surroundings().out().println("wrote " + file);
        surroundings().out().println("next: agentctl doctor, then: agentctl start --all");
        return ExitCode.OK;
    }

    private static void write(Path file, String text, Optional<String> token) throws CommandFailure, IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            if (token.isPresent()) {
                create(file.resolveSibling(TOKEN_FILE), token.get() + "\n");
            }
            create(file, text);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    e.getFile() + " is there, and is not overwritten; move it away, or say --token-file",
                    e);
        }
    }

    /// For us alone: even without a token in it, it says whom agents listen to.
    private static void create(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
