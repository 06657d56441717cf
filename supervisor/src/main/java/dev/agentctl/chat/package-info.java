/// What a person says to and hears from sessions, over any chat: commands, routing, the operator's desk.
@NullMarked
package dev.agentctl.chat;

import org.jspecify.annotations.NullMarked;
