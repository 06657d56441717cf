package dev.agentctl.project;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `mcp.remote`.
final class RemoteSection {
    private static final List<String> KNOWN = List.of("listen", "url", "authorization_servers", "writes");
    private static final String EXAMPLE = "127.0.0.1:8765";
    private static final Pattern LISTEN = Pattern.compile("(?:([0-9.]+|\\[[0-9A-Fa-f:]+]):)?([0-9]{1,5})");

    private RemoteSection() {}

    static Optional<RemoteSettings> read(Entry entry) {
        return Section.of(entry.node(), " in 'mcp.remote'", KNOWN, entry.reading())
                .flatMap(RemoteSection::settings);
    }

    private static Optional<RemoteSettings> settings(Section section) {
        Optional<Entry> listen = section.entry("listen");
        if (listen.isEmpty()) {
            section.problem("no 'listen:', an address and port such as " + EXAMPLE);
        }
        Optional<Place> place = listen.flatMap(RemoteSection::place);
        Optional<URI> url = section.entry("url").flatMap(RemoteSection::url);
        if (place.isPresent()
                && !place.get().address.isLoopbackAddress()
                && section.entry("url").isEmpty()) {
            section.problem("no 'url:', which others need: what clients call it, such as https://host.example/mcp");
        }
        url.filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                .ifPresent(_ -> section.entry("url")
                        .ifPresent(entry -> entry.warn("is plain http, so tokens can be read on the way")));
        List<URI> servers = section.entry("authorization_servers")
                .flatMap(entry -> entry.items("[https://auth.example]"))
                .map(items -> items.stream().flatMap(item -> url(item).stream()).toList())
                .orElse(List.of());
        boolean writes = section.entry("writes").flatMap(Entry::flag).orElse(false);
        return place.map(known -> new RemoteSettings(
                known.address.getHostAddress(), known.port, known.address.isLoopbackAddress(), url, servers, writes));
    }

    private record Place(InetAddress address, int port) {}

    /// Only literal addresses: a name may mean another machine tomorrow.
    private static Optional<Place> place(Entry entry) {
        return entry.oneOf(RemoteSection::place, "an address and port of this machine, such as " + EXAMPLE);
    }

    private static Optional<Place> place(String text) {
        Matcher form = LISTEN.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String host = form.group(1) == null
                ? "127.0.0.1"
                : String.valueOf(form.group(1)).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(String.valueOf(form.group(2)));
        try {
            return port > 0 && port < 65536
                    ? Optional.of(new Place(InetAddress.ofLiteral(host), port))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<URI> url(Entry entry) {
        return entry.oneOf(RemoteSection::url, "an http or https URL of a host, without user, query or fragment");
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            return http && plain && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
