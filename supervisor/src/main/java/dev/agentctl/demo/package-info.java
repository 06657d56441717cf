/// The sample agent of `agentctl demo`: a small program of its own that uses the tools like any agent would.
@NullMarked
package dev.agentctl.demo;

import org.jspecify.annotations.NullMarked;
