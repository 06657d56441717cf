package dev.agentctl.tools;

import java.util.Optional;

/// Something that an agent puts before its operator. Files are named by path and stay where they are until they are
/// sent.
public sealed interface Enclosure {
    /// A message.
    ///
    /// @param markdown as CommonMark
    record Words(String markdown) implements Enclosure {}

    /// A piece of a program or of its output.
    ///
    /// @param language as in a fenced block, such as `java`; empty where there is none
    record Code(String code, Optional<String> language, Optional<String> caption) implements Enclosure {}

    /// A picture, to be looked at in the chat.
    ///
    /// @param path absolute, or relative to the project's folder
    record Picture(String path, Optional<String> caption) implements Enclosure {}

    /// A file, to be kept.
    ///
    /// @param path absolute, or relative to the project's folder
    record Document(String path, Optional<String> caption) implements Enclosure {}
}
