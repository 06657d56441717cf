/// Requests of the command line to the supervisor: sealed request and reply records over a Unix socket.
@NullMarked
package dev.agentctl.control;

import org.jspecify.annotations.NullMarked;
