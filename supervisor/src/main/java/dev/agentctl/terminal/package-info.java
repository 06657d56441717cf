/// A terminal emulator: bytes to a screen; a screen to text and to the bytes that redraw it.
///
/// Pure: no I/O, no threads, no clock. One owner thread per `Terminal`.
@NullMarked
package dev.agentctl.terminal;

import org.jspecify.annotations.NullMarked;
