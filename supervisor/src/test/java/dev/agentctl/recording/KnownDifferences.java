package dev.agentctl.recording;

import java.util.Map;

/// Where tmux 3.3a and xterm.js 6.0.0 show something else than ours, in how many cells at most, and whose fault it is.
/// A recording that is not named shows the same in every cell.
///
/// @param text cells with another text
/// @param style cells with the same text in another style
/// @param reason why they are right not to be followed
record KnownDifferences(int text, int style, String reason) {
    static final String TMUX_VERSION = "tmux 3.3a";

    static final KnownDifferences NONE = new KnownDifferences(0, 0, "nothing is known to differ");

    private static final String CLUSTERS = "tmux takes each code point of a cluster for a character of its own, drops"
            + " what is too long, and wraps such lines elsewhere";
    private static final String HALVES =
            "vim counts ❤️ as one column and overwrites half of it; the blank that remains" + " is plain with us";

    static final Map<String, KnownDifferences> TMUX = Map.ofEntries(
            Map.entry("claude-fullscreen", new KnownDifferences(282, 0, CLUSTERS)),
            Map.entry("claude-inline", new KnownDifferences(256, 0, CLUSTERS)),
            Map.entry("claude-ghostty", new KnownDifferences(256, 0, CLUSTERS)),
            Map.entry("codex-fullscreen", new KnownDifferences(274, 4, CLUSTERS)),
            Map.entry("codex-inline", new KnownDifferences(1453, 14, CLUSTERS)),
            Map.entry("vim", new KnownDifferences(19, 0, "tmux leaves ❤️ narrow, as vim does, so nothing is cut")),
            Map.entry(
                    "vttest-cursor", new KnownDifferences(72, 0, "tmux moves left from behind the margin by one less")),
            Map.entry(
                    "vttest-screen", new KnownDifferences(108, 0, "DECSTBM does not respect the origin mode in tmux")),
            Map.entry(
                    "vttest-charsets", new KnownDifferences(5, 0, "tmux has no British set, and `_` in line drawing")),
            Map.entry("vttest-moves", new KnownDifferences(234, 0, "tmux knows no CHT, HPR and VPR")),
            Map.entry("vttest-ecma48", new KnownDifferences(80, 0, "tmux knows no SL and SR")),
            Map.entry("vttest-vt220", new KnownDifferences(232, 0, "tmux knows no DECSCA")));

    static final Map<String, KnownDifferences> XTERM = Map.of(
            "claude-ghostty", new KnownDifferences(0, 40, "xterm.js tells links as underlined"),
            "codex-fullscreen",
                    new KnownDifferences(
                            0,
                            1,
                            "half of a wide character was overwritten; the blank that"
                                    + " remains is plain with us, and in the pen's style in xterm.js"),
            "vim", new KnownDifferences(0, 6, HALVES),
            "vttest-cursor", new KnownDifferences(684, 0, "xterm.js does not clear the screen at DECCOLM"),
            "vttest-charsets", new KnownDifferences(2, 0, "xterm.js shows `_` in line drawing, a blank in the VT100"));
}
