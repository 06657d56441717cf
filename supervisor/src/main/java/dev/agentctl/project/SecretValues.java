package dev.agentctl.project;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which values of a child's variables are taken for secrets: those of an `env_file`, unless they are plainly none
/// (`NODE_ENV=development`, a port, a path), and those that `env` gives a telling name. Short ones are not: they would
/// be found in the middle of other words.
final class SecretValues {
    private static final int SHORTEST = 8;
    private static final Pattern TELLING =
            Pattern.compile("KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|AUTH(?!OR)|PRIVATE|DSN|COOKIE|SALT");
    /// Words, numbers, paths, addresses that hold no password.
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z _-]*+|[0-9.,:]*+|[~./].*+|[A-Za-z][A-Za-z0-9+.-]*+://[^@]*+", Pattern.DOTALL);

    private static final Pattern PASSWORD = Pattern.compile("://[^/@:]*+:([^@]++)@");

    private SecretValues() {}

    /// @param file the variables of the `env_file`
    /// @param written those of `env`
    static List<Secret> of(Map<String, String> file, Map<String, String> written) {
        List<Secret> secrets = new ArrayList<>();
        file.forEach((name, value) -> {
            if (isTelling(name) || !PLAIN.matcher(value).matches()) {
                add(secrets, value);
            }
        });
        written.forEach((name, value) -> {
            if (isTelling(name)) {
                add(secrets, value);
            }
        });
        return secrets;
    }

    private static boolean isTelling(String name) {
        return TELLING.matcher(name.toUpperCase(java.util.Locale.ROOT)).find();
    }

    /// With the password of an address also on its own.
    private static void add(List<Secret> secrets, String value) {
        if (value.length() >= SHORTEST) {
            secrets.add(new Secret(value));
            Matcher address = PASSWORD.matcher(value);
            if (address.find() && requireNonNull(address.group(1)).length() >= SHORTEST) {
                secrets.add(new Secret(requireNonNull(address.group(1))));
            }
        }
    }
}
