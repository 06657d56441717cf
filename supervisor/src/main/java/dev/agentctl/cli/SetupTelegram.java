package dev.agentctl.cli;

import dev.agentctl.control.ExitCode;
import dev.agentctl.project.YamlText;
import dev.agentctl.telegram.FirstContact;
import dev.agentctl.telegram.TelegramStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The part of `setup` that concerns the bot: its token is tried, and whoever writes to it first is the operator.
final class SetupTelegram {
    private static final String VARIABLE = "TELEGRAM_BOT_TOKEN";
    private static final String TELEGRAM = "https://api.telegram.org";
    private static final int TRIES = 3;

    @Option(names = "--no-telegram", description = "Without a bot; agentctl console is the chat.")
    private boolean none;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The bot's token is in this file (default: $TELEGRAM_BOT_TOKEN, else you are asked).")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--operator",
            paramLabel = "ID",
            description = "Your numeric user id (default: of whoever writes to the bot first).")
    private Optional<Long> operator = Optional.empty();

    @Option(names = "--api-url", paramLabel = "URL", description = "Of a Bot API server of your own.")
    private URI apiUrl = URI.create(TELEGRAM);

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long to wait for that message (${DEFAULT-VALUE}).")
    private int waitSeconds = 180;

    /// A bot that answers.
    ///
    /// @param secret to be written into a file of its own
    record Found(FirstConfiguration.Bot bot, Optional<String> secret) {}

    /// A token, how the configuration names it, and whether it is in no file yet.
    private record Token(String value, String line, boolean secret) {}

    /// Empty where none is wanted.
    Optional<Found> find(Surroundings surroundings, Questions questions)
            throws CommandFailure, IOException, InterruptedException {
        if (none) {
            return Optional.empty();
        }
        Optional<Token> given = given(surroundings);
        if (given.isPresent()) {
            return Optional.of(introduce(given.get(), surroundings, questions));
        }
        for (int left = TRIES; ; left--) {
            String typed = questions.askSecretly("The bot's token, from @BotFather (Enter: without Telegram):");
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(introduce(
                        new Token(typed, "token_file: " + SetupCommand.TOKEN_FILE, true), surroundings, questions));
            } catch (CommandFailure e) {
                if (left == 1 || e.code() != ExitCode.ERROR) {
                    throw e;
                }
                surroundings.err().println(e.line());
            }
        }
    }

    private Optional<Token> given(Surroundings surroundings) throws IOException {
        if (tokenFile.isPresent()) {
            Path file = tokenFile.get().toAbsolutePath();
            return Optional.of(new Token(
                    Files.readString(file).strip(), "token_file: " + YamlText.quoted(file.toString()), false));
        }
        String variable = surroundings.environment().getOrDefault(VARIABLE, "");
        return variable.isEmpty()
                ? Optional.empty()
                : Optional.of(new Token(variable, "token: ${" + VARIABLE + "}", false));
    }

    private Found introduce(Token token, Surroundings surroundings, Questions questions)
            throws CommandFailure, IOException, InterruptedException {
        try (FirstContact contact = new FirstContact(token.value, apiUrl)) {
            String name = "@" + Printable.line(contact.botName());
            surroundings.err().println("the bot is " + name);
            long id = operator.isPresent() ? operator.get() : operator(contact, name, surroundings, questions);
            Optional<String> url =
                    apiUrl.toString().equals(TELEGRAM) ? Optional.empty() : Optional.of(apiUrl.toString());
            return new Found(
                    new FirstConfiguration.Bot(token.line, id, url),
                    token.secret ? Optional.of(token.value) : Optional.empty());
        } catch (TelegramStartException | IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private long operator(FirstContact contact, String bot, Surroundings surroundings, Questions questions)
            throws CommandFailure, IOException, InterruptedException {
        while (true) {
            surroundings.err().println("now write anything to " + bot + " from your phone; waiting for it ...");
            FirstContact.Person person = contact.awaitPerson(Duration.ofSeconds(waitSeconds))
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.TIMED_OUT,
                            "nobody wrote to " + bot + " within " + waitSeconds
                                    + " s; nothing was written. Try again, or say --operator ID"));
            String words = "\"" + Printable.line(person.words()) + "\"";
            String answer = questions.ask(Printable.line(person.name()) + ", id " + person.id() + ", wrote " + words
                    + ". Is that you? [Y/n]");
            if (!answer.toLowerCase(Locale.ROOT).startsWith("n")) {
                return person.id();
            }
        }
    }
}
