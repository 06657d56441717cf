package dev.agentctl.recording;

/// One thing that happened to a recorded terminal.
public sealed interface RecordedEvent {
    /// Output of the program; ends neither inside a sequence nor inside a character.
    record Output(String text) implements RecordedEvent {}

    /// From here on the terminal has this size.
    record Resize(int columns, int rows) implements RecordedEvent {}

    /// A moment at which the screen is worth a look; the label says when it was.
    record Checkpoint(String label) implements RecordedEvent {}
}
