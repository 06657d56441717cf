/// The whole product with the real Claude Code and the real Codex: processes, terminals, sockets, a scripted model.
@NullMarked
package dev.agentctl.e2e;

import org.jspecify.annotations.NullMarked;
