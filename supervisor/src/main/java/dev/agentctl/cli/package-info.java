/// The command line: picocli commands, attach, console.
@NullMarked
package dev.agentctl.cli;

import org.jspecify.annotations.NullMarked;
