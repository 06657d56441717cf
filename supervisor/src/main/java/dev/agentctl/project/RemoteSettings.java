package dev.agentctl.project;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// How an operator's own MCP clients reach the sessions.
///
/// @param host the address to listen on, as it was written
/// @param loopback whether only this machine reaches it
/// @param url what clients call it, with the path of the endpoint
/// @param authorizationServers named to clients that have no token
/// @param writes whether clients may do more than look
public record RemoteSettings(
        String host, int port, boolean loopback, Optional<URI> url, List<URI> authorizationServers, boolean writes) {
    public RemoteSettings {
        authorizationServers = List.copyOf(authorizationServers);
    }
}
