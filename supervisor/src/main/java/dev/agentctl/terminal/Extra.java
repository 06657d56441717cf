package dev.agentctl.terminal;

/// The rare parts of a cell's look that do not fit into its packed [Style].
///
/// @param underlineColour a colour as in [Style], 0 for the text's own
/// @param link the target of an OSC 8 hyperlink, empty for none
/// @param linkId the `id` parameter of that hyperlink, empty for none
record Extra(int underlineColour, String link, String linkId) {
    static final Extra NONE = new Extra(Style.DEFAULT_COLOUR, "", "");

    Extra withUnderlineColour(int colour) {
        return colour == underlineColour ? this : new Extra(colour, link, linkId);
    }

    Extra withLink(String target, String id) {
        return new Extra(underlineColour, target, id);
    }

    boolean isNone() {
        return underlineColour == Style.DEFAULT_COLOUR && link.isEmpty();
    }

    /// Characters held, for the budget of the history.
    int cost() {
        return link.length() + linkId.length();
    }
}
