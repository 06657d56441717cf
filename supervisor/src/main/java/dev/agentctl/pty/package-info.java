/// A child process on a pseudo-terminal. The only package that knows pty4j.
@NullMarked
package dev.agentctl.pty;

import org.jspecify.annotations.NullMarked;
