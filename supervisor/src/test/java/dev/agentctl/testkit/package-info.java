/// What the tests stand on: a scripted model API on loopback, the real agent command lines in pinned versions, and
/// empty homes to run them in. Nothing here reaches beyond loopback.
@NullMarked
package dev.agentctl.testkit;

import org.jspecify.annotations.NullMarked;
