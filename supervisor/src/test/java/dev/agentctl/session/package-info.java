/// Tests of the sessions' rules, and of sessions on a real host.
@NullMarked
package dev.agentctl.session;

import org.jspecify.annotations.NullMarked;
