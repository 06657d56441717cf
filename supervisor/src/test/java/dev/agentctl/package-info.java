/// Tests of the house itself.
@NullMarked
package dev.agentctl;

import org.jspecify.annotations.NullMarked;
