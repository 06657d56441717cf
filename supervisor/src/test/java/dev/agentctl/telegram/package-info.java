@NullMarked
package dev.agentctl.telegram;

import org.jspecify.annotations.NullMarked;
