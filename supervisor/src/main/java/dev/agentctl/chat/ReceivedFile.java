package dev.agentctl.chat;

import java.nio.file.Path;

/// A file that an operator sent, as its chat has fetched it.
///
/// @param what it is, in a word or two: `photo`, `voice note`, `document`
/// @param name as its sender calls it; may be anything
/// @param content where it is now; whoever takes it moves it away
public record ReceivedFile(String what, String name, Path content) {}
