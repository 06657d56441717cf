/// The Telegram chat. The only package that knows telegrambots.
@NullMarked
package dev.agentctl.telegram;

import org.jspecify.annotations.NullMarked;
