/// The calls of the C library that Java does not have. The only package that links to it.
@NullMarked
package dev.agentctl.posix;

import org.jspecify.annotations.NullMarked;
