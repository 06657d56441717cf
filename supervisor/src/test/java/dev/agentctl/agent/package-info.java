/// Tests of how agents are launched, typed into and heard.
@NullMarked
package dev.agentctl.agent;

import org.jspecify.annotations.NullMarked;
