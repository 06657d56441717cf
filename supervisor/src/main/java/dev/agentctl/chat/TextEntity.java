package dev.agentctl.chat;

import java.util.Optional;

/// A formatted stretch of a [FormattedText], in UTF-16 units as `String.length()` counts them.
///
/// @param language of a [Type#PRE], as the fence named it
/// @param url of a [Type#TEXT_LINK]; always http or https
public record TextEntity(Type type, int offset, int length, Optional<String> language, Optional<String> url) {

    public TextEntity {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException("no such stretch: " + offset + "+" + length);
        }
    }

    public static TextEntity of(Type type, int offset, int length) {
        return new TextEntity(type, offset, length, Optional.empty(), Optional.empty());
    }

    /// Nothing may lie inside [#CODE] and [#PRE], and they lie only inside quotes; quotes do not nest.
    public enum Type {
        BOLD,
        ITALIC,
        STRIKETHROUGH,
        CODE,
        PRE,
        TEXT_LINK,
        BLOCKQUOTE,
        /// A long quote, collapsed until it is touched.
        EXPANDABLE_BLOCKQUOTE
    }

    /// The first unit after it.
    public int end() {
        return offset + length;
    }

    TextEntity at(int newOffset, int newLength) {
        return new TextEntity(type, newOffset, newLength, language, url);
    }
}
