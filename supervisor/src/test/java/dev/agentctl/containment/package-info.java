@NullMarked
package dev.agentctl.containment;

import org.jspecify.annotations.NullMarked;
