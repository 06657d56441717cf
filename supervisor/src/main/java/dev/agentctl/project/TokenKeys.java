package dev.agentctl.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the bot's token from `token` or `token_file`. No message of it holds a token or a part of one.
final class TokenKeys {
    private static final int FILE_BYTES = 4096;
    private static final Pattern FORM = Pattern.compile("[0-9]+:[A-Za-z0-9_-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private TokenKeys() {}

    static Optional<Secret> read(Section telegram) {
        Optional<Entry> token = telegram.entry("token");
        Optional<Entry> file = telegram.entry("token_file");
        if (token.isPresent() && file.isPresent()) {
            file.get().problem("stands beside 'token'; keep one of them");
            return Optional.empty();
        }
        if (token.isEmpty() && file.isEmpty()) {
            telegram.problem("no 'token:' or 'token_file:'");
        }
        return token.flatMap(TokenKeys::written).or(() -> file.flatMap(TokenKeys::fromFile));
    }

    private static Optional<Secret> written(Entry entry) {
        if (isLiteral(entry)) {
            access(entry.reading().problems().file()).ifPresent(entry::fileProblem);
        }
        return entry.word().flatMap(text -> checked(entry, text.strip()));
    }

    /// Whether the file itself holds the token, or a part or default of it, instead of naming a variable.
    private static boolean isLiteral(Entry entry) {
        return !VARIABLE.matcher(entry.written().orElse("")).replaceAll("").isBlank();
    }

    private static Optional<Secret> fromFile(Entry entry) {
        Optional<Path> path = entry.path();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return switch (TextFile.read(path.get(), FILE_BYTES)) {
            case TextFile.Refused refused -> {
                entry.fileProblem(refused.sentence());
                yield Optional.empty();
            }
            case TextFile.Text(String text) -> {
                access(path.get()).ifPresent(entry::fileProblem);
                yield checked(entry, text.stripTrailing());
            }
        };
    }

    /// Why others could get hold of a token that is in `file`.
    private static Optional<String> access(Path file) {
        try {
            return FileAccess.of(file).flatMap(access -> access.exposed(file));
        } catch (IOException e) {
            return Optional.of("cannot read " + file + ": " + TextFile.reason(e));
        }
    }

    private static Optional<Secret> checked(Entry entry, String text) {
        if (!FORM.matcher(text).matches()) {
            entry.problem("is no bot token; BotFather gives one that looks like 123456789:AbC-dEf");
            return Optional.empty();
        }
        return Optional.of(new Secret(text));
    }
}
