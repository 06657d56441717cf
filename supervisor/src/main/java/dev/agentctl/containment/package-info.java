/// What keeps a session's processes from the rest of the machine.
@NullMarked
package dev.agentctl.containment;

import org.jspecify.annotations.NullMarked;
