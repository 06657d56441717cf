package dev.agentctl.recording;

import java.util.ArrayList;
import java.util.List;

/// How far two terminals agree on the screens of a recording.
///
/// @param cells how many were compared
/// @param otherText how many have another text
/// @param otherStyle how many have the same text in another colour or with other attributes
/// @param examples the first few that differ, ours before theirs
record Comparison(int cells, int otherText, int otherStyle, List<String> examples) {
    private static final int EXAMPLES = 12;

    Comparison {
        examples = List.copyOf(examples);
    }

    /// @throws AssertionError where the screens are not those of the same recording
    static Comparison of(List<ShownScreen> ours, List<ShownScreen> theirs) {
        if (ours.size() != theirs.size()) {
            throw new AssertionError(ours.size() + " screens of ours, " + theirs.size() + " of theirs");
        }
        int cells = 0;
        int otherText = 0;
        int otherStyle = 0;
        List<String> examples = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            for (int row = 0; row < ours.get(i).rows().size(); row++) {
                for (int column = 0; column < ours.get(i).columns(); column++) {
                    ShownCell our = ours.get(i).rows().get(row).get(column);
                    ShownCell their = theirs.get(i).rows().get(row).get(column);
                    cells++;
                    boolean sameText = our.text().equals(their.text());
                    boolean same = sameText && our.looksLike(their);
                    otherText += sameText ? 0 : 1;
                    otherStyle += sameText && !same ? 1 : 0;
                    if (!same && examples.size() < EXAMPLES) {
                        examples.add("checkpoint " + i + " (" + ours.get(i).label() + ") row " + row + " column "
                                + column + ": " + our + ", " + their);
                    }
                }
            }
        }
        return new Comparison(cells, otherText, otherStyle, examples);
    }

    @Override
    public String toString() {
        return cells + " cells, " + otherText + " with another text, " + otherStyle + " in another style"
                + String.join("\n  ", examples.isEmpty() ? List.of() : examples).indent(2);
    }
}
