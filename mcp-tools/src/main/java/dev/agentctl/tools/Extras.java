package dev.agentctl.tools;

import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import java.util.function.Consumer;

/// What a server offers beside our tools. The product offers nothing; the conformance suite wants its own fixtures.
///
/// @param asking whether some of it asks clients back, so that their answers have to reach the SDK
record Extras(Consumer<SyncSpecification<?>> addition, boolean asking) {
    static final Extras NONE = new Extras(_ -> {}, false);
}
