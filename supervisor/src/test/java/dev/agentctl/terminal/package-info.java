/// Tests of the terminal emulator.
@NullMarked
package dev.agentctl.terminal;

import org.jspecify.annotations.NullMarked;
