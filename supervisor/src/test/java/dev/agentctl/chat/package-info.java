@NullMarked
package dev.agentctl.chat;

import org.jspecify.annotations.NullMarked;
