/// A Bot API server for tests that keeps the real one's rules, and a test's way to play the people in its chats.
@NullMarked
package dev.agentctl.testkit.telegram;

import org.jspecify.annotations.NullMarked;
