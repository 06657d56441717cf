package dev.agentctl.bench;

import java.nio.file.Path;

/// A kind of terminal output, and a file of it.
record OutputKind(String name, Path file) {}
