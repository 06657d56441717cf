package dev.agentctl.cli;

/// The size of a terminal in characters.
record WindowSize(int columns, int rows) {}
