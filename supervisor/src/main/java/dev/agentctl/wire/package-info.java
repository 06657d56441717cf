/// Frames over Unix sockets: framing with bounds, peer check, folder check. Shared by `host` and `control`.
@NullMarked
package dev.agentctl.wire;

import org.jspecify.annotations.NullMarked;
