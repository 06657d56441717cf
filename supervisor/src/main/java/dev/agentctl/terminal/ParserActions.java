package dev.agentctl.terminal;

/// What the [Parser] found in the byte stream, in order.
///
/// `prefix` is the private marker of a sequence (`?`, `>`, `=`, `<`) or 0; `intermediate` packs up to two
/// intermediate bytes, the last one lowest, or is 0. Arrays belong to the parser and are only valid during the call.
interface ParserActions {
    /// A run of printable ASCII, 0x20 to 0x7E.
    void printAscii(byte[] bytes, int from, int to);

    /// One code point from U+00A0 on; malformed UTF-8 arrives as U+FFFD.
    void print(int codePoint);

    /// A C0 control other than ESC, CAN and SUB.
    void control(int code);

    void escape(int intermediate, int finalByte);

    void controlSequence(int prefix, Parameters parameters, int intermediate, int finalByte);

    void operatingSystemCommand(byte[] payload, int length);

    void deviceControl(int prefix, Parameters parameters, int intermediate, int finalByte, byte[] payload, int length);
}
