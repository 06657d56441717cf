package dev.agentctl.chat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Which links may be hidden behind a text. An address that the chat's server finds invalid costs the whole message,
/// and one with another scheme acts inside the operator's own app: all those are shown as text instead.
final class WebLink {
    private static final int LONGEST = 1_000;

    private WebLink() {}

    /// The address if it is an http or https one with a public-looking host.
    static Optional<String> of(String address) {
        if (address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            return isWeb(uri) && hasDottedHost(uri) && uri.getRawUserInfo() == null
                    ? Optional.of(uri.toASCIIString())
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URI uri) {
        String scheme = uri.getScheme();
        return scheme != null
                && switch (scheme.toLowerCase(Locale.ROOT)) {
                    case "http", "https" -> true;
                    default -> false;
                };
    }

    private static boolean hasDottedHost(URI uri) {
        String host = uri.getHost();
        return host != null && host.indexOf('.') > 0 && !host.endsWith(".");
    }
}
