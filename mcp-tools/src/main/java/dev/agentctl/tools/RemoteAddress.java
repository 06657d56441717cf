package dev.agentctl.tools;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where an operator's own clients find the server.
///
/// @param host the address that it listens on
/// @param url what clients call it where that differs, as behind a proxy that ends TLS; with the path of the endpoint
/// @param authorizationServers that clients get their tokens from; empty where tokens are only handed out by hand
public record RemoteAddress(String host, int port, Optional<URI> url, List<URI> authorizationServers) {
    static final String METADATA = "/.well-known/oauth-protected-resource";

    public RemoteAddress {
        authorizationServers = List.copyOf(authorizationServers);
    }

    /// The endpoint as clients know it: what RFC 9728 calls the resource.
    ///
    /// @param listening the port that it listens on
    String resource(int listening) {
        return url.map(URI::toString).orElse("http://" + authority(host, listening) + ToolServer.MCP_PATH);
    }

    /// Where the resource's metadata is (RFC 9728, section 3.1: before the path).
    String metadata(int listening) {
        URI resource = URI.create(resource(listening));
        return resource.getScheme() + "://" + resource.getAuthority() + METADATA + resource.getPath();
    }

    /// What a Host header may say.
    Set<String> hosts(int listening) {
        Set<String> hosts = new LinkedHashSet<>(ours(listening));
        url.ifPresent(
                address -> hosts.add(String.valueOf(address.getAuthority()).toLowerCase(Locale.ROOT)));
        return hosts;
    }

    /// What an Origin header may say.
    Set<String> origins(int listening) {
        Set<String> origins = new LinkedHashSet<>();
        ours(listening).forEach(host -> origins.add("http://" + host));
        url.ifPresent(address ->
                origins.add((address.getScheme() + "://" + address.getAuthority()).toLowerCase(Locale.ROOT)));
        return origins;
    }

    /// This machine's own names for it.
    Set<String> ours(int listening) {
        return Set.copyOf(List.of(
                authority(host, listening), authority("127.0.0.1", listening), authority("localhost", listening)));
    }

    private static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
