@NullMarked
package dev.agentctl.store;

import org.jspecify.annotations.NullMarked;
