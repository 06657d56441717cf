/// Tests of what is asked of the C library.
@NullMarked
package dev.agentctl.posix;

import org.jspecify.annotations.NullMarked;
