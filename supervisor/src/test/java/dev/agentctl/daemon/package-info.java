@NullMarked
package dev.agentctl.daemon;

import org.jspecify.annotations.NullMarked;
