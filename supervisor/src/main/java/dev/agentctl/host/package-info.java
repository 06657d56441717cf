/// The host role: owns children, byte logs and exit statuses, parses nothing; and the client to it.
@NullMarked
package dev.agentctl.host;

import org.jspecify.annotations.NullMarked;
