package dev.agentctl.wire;

import java.util.Objects;

/// Which provider of channels Java is to use: its own.
///
/// Left to itself, Java looks for another one in every jar of the class path before it takes its own (see
/// `SelectorProvider.provider`). Opening them all takes longer than the rest of a short command.
final class ChannelProvider {
    private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";

    private ChannelProvider() {}

    /// Names Java's own where its name is known, unless another was named. Call before the first channel is opened.
    static void name() {
        boolean linux = Objects.toString(System.getProperty("os.name")).equals("Linux");
        if (linux && System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "sun.nio.ch.EPollSelectorProvider");
        }
    }
}
