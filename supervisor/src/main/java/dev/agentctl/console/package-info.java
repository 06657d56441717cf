/// The console: a chat in a terminal, at the supervisor's end.
@NullMarked
package dev.agentctl.console;

import org.jspecify.annotations.NullMarked;
