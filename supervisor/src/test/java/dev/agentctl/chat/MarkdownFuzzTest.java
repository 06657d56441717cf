package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What must hold for whatever an agent writes.
final class MarkdownFuzzTest {
    private static final int DOCUMENTS = 5_000;
    private static final int LIMIT = 200;
    private static final String[] PIECES = {
        "word",
        " ",
        "\n",
        "\n\n",
        "**",
        "*",
        "_",
        "`",
        "``",
        "```",
        "```java\n",
        "~~",
        "~",
        "> ",
        ">> ",
        "- ",
        "1. ",
        "   ",
        "    ",
        "\t",
        "# ",
        "### ",
        "| a | b |\n|---|:-:|\n| c | d |\n",
        "|",
        "[x](https://example.org)",
        "[",
        "]",
        "](http://a.b/c d)",
        "![i](https://e.org/i.png)",
        "<b>",
        "</b>",
        "<!-- c -->",
        "<div>\n",
        "&amp;",
        "\\",
        "- [ ] ",
        "- [x] ",
        "😀",
        "日本",
        "e\u0301",
        "👩‍👩‍👧",
        "\ud83d",
        "\ude00",
        "\u202e",
        "\u001b[31m",
        "\r\n",
        "\u0000",
        "---\n",
        "===\n",
        "https://example.org/a_b_c",
        "a < b",
        "!",
        "x".repeat(70),
        "long words here ".repeat(30),
        "\u00a0",
        "[l **b `c` d** e](https://example.org/q)",
        "***",
        "\u3000"
    };

    @Test
    void everyRenderedAndEverySplitTextIsValid() {
        Random random = new Random(20260301);
        int parts = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String markdown = document(random);
            FormattedText whole = MarkdownText.render(markdown);
            check(whole, markdown);
            List<FormattedText> split = TextSplit.split(whole, LIMIT);
            for (FormattedText part : split) {
                check(part, markdown);
                assertThat(part.text().length()).as(markdown).isBetween(1, LIMIT);
            }
            assertThat(split.isEmpty()).as(markdown).isEqualTo(whole.isBlank());
            assertThat(letters(unnumbered(split))).as(markdown).isEqualTo(letters(whole.text()));
            parts += split.size();
        }
        assertThat(parts).isGreaterThan(DOCUMENTS);
    }

    static String document(Random random) {
        StringBuilder markdown = new StringBuilder();
        int pieces = 1 + random.nextInt(40);
        for (int i = 0; i < pieces; i++) {
            markdown.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return markdown.toString();
    }

    private static void check(FormattedText text, String markdown) {
        for (int i = 0; i < text.text().length(); i++) {
            char unit = text.text().charAt(i);
            assertThat(Character.isISOControl(unit) && unit != '\n' && unit != '\t')
                    .as(markdown)
                    .isFalse();
        }
        assertThat(text.text().codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .as(markdown)
                .isTrue();
        List<TextEntity> entities = text.entities();
        for (int i = 0; i < entities.size(); i++) {
            TextEntity outer = entities.get(i);
            assertThat(outer.end()).as(markdown).isLessThanOrEqualTo(text.text().length());
            assertThat(text.text().substring(outer.offset(), outer.end()))
                    .as(markdown)
                    .isNotBlank();
            assertThat(Character.isLowSurrogate(text.text().charAt(outer.offset())))
                    .as(markdown)
                    .isFalse();
            assertThat(Character.isHighSurrogate(text.text().charAt(outer.end() - 1)))
                    .as(markdown)
                    .isFalse();
            for (TextEntity inner : entities.subList(i + 1, entities.size())) {
                assertThat(nests(outer, inner))
                        .as("%s in %s of %s", inner, outer, markdown)
                        .isTrue();
            }
        }
    }

    private static boolean nests(TextEntity first, TextEntity second) {
        if (second.offset() >= first.end()) {
            return true;
        }
        boolean contained = second.offset() >= first.offset() && second.end() <= first.end();
        return contained
                && first.type() != second.type()
                && !isCode(first)
                && (!isCode(second) || isQuote(first))
                && !(isQuote(first) && isQuote(second));
    }

    private static boolean isCode(TextEntity entity) {
        return entity.type() == TextEntity.Type.CODE || entity.type() == TextEntity.Type.PRE;
    }

    private static boolean isQuote(TextEntity entity) {
        return entity.type() == TextEntity.Type.BLOCKQUOTE || entity.type() == TextEntity.Type.EXPANDABLE_BLOCKQUOTE;
    }

    private static String unnumbered(List<FormattedText> parts) {
        StringBuilder words = new StringBuilder();
        for (FormattedText part : parts) {
            words.append(
                    parts.size() == 1
                            ? part.text()
                            : part.text().substring(part.text().indexOf('\n')));
        }
        return words.toString();
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
