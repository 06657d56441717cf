/// Recorded output of real programs, the program that records it, and the other terminals (tmux, xterm.js) that ours
/// is compared with on it.
@NullMarked
package dev.agentctl.recording;

import org.jspecify.annotations.NullMarked;
