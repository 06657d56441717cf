package dev.agentctl.chat;

import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;

/// Markdown as chats show it: text with entities.
public final class MarkdownText {
    private static final int DEEPEST = 50;
    private static final int LONGEST = 200_000;
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .build();

    private MarkdownText() {}

    /// Renders CommonMark with tables, strikethrough and task lists. Never fails: what is no valid Markdown is text,
    /// raw HTML too. Beyond 200,000 characters the rest is left out.
    public static FormattedText render(String markdown) {
        String bounded = markdown.length() <= LONGEST ? markdown : markdown.substring(0, LONGEST) + "…";
        MarkdownVisitor visitor = new MarkdownVisitor();
        PARSER.parse(SafeText.of(bounded)).accept(visitor);
        return visitor.finished();
    }
}
