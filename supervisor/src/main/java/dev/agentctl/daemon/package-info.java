/// Builds and stops everything; used by none.
@NullMarked
package dev.agentctl.daemon;

import org.jspecify.annotations.NullMarked;
