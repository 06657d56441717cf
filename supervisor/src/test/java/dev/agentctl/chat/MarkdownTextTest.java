package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MarkdownTextTest {

    @Test
    void headingsAreBoldLines() {
        FormattedText text = MarkdownText.render("# Done\n\nAll *three* work.");
        assertThat(text.text()).isEqualTo("Done\n\nAll three work.");
        assertThat(text.entities())
                .containsExactly(
                        TextEntity.of(TextEntity.Type.BOLD, 0, 4), TextEntity.of(TextEntity.Type.ITALIC, 10, 5));
    }

    @Test
    void offsetsCountUtf16Units() {
        FormattedText text = MarkdownText.render("😀 **b**");
        assertThat(text.entities()).containsExactly(TextEntity.of(TextEntity.Type.BOLD, 3, 1));
    }

    @Test
    void listsHaveMarkersIndentAndBoxes() {
        assertThat(MarkdownText.render("- a\n  - b\n\n    more\n- [x] c\n- [ ] d\n\n3. e\n4. f")
                        .text())
                .isEqualTo("• a\n   • b\n      more\n☑ c\n☐ d\n\n3. e\n4. f");
    }

    @Test
    void aFenceIsPreformattedWithItsLanguage() {
        FormattedText text = MarkdownText.render("Look:\n\n```java\nint x;\n\n  y();\n```\nend");
        assertThat(text.text()).isEqualTo("Look:\n\nint x;\n\n  y();\n\nend");
        assertThat(text.entities())
                .containsExactly(new TextEntity(TextEntity.Type.PRE, 7, 14, Optional.of("java"), Optional.empty()));
    }

    @Test
    void tablesAlignWideCharacters() {
        FormattedText text = MarkdownText.render("| a | b |\n|---|---|\n| 日本 | 1 |\n| x | 22 |");
        assertThat(text.text()).isEqualTo("a    │ b\n─────┼───\n日本 │ 1\nx    │ 22".replace("─────", "─────"));
        assertThat(text.entities()).singleElement().satisfies(entity -> {
            assertThat(entity.type()).isEqualTo(TextEntity.Type.PRE);
            assertThat(entity.length()).isEqualTo(text.text().length());
        });
    }

    @Test
    void quotesAreQuotesAndLongOnesCollapse() {
        assertThat(MarkdownText.render("a\n\n> short\n>\n> > inner").entities())
                .containsExactly(TextEntity.of(TextEntity.Type.BLOCKQUOTE, 3, 12));
        assertThat(MarkdownText.render("> " + "long ".repeat(100)).entities())
                .extracting(TextEntity::type)
                .containsExactly(TextEntity.Type.EXPANDABLE_BLOCKQUOTE);
    }

    @Test
    void onlyWebLinksHideTheirAddress() {
        FormattedText web = MarkdownText.render("[here](https://example.org/a?b=c)");
        assertThat(web.text()).isEqualTo("here");
        assertThat(web.entities())
                .containsExactly(new TextEntity(
                        TextEntity.Type.TEXT_LINK, 0, 4, Optional.empty(), Optional.of("https://example.org/a?b=c")));
        for (String address : new String[] {
            "tg://user?id=1",
            "javascript:alert(1)",
            "mailto:a@b.c",
            "http://localhost/",
            "evil",
            "https://bank.com@evil.org"
        }) {
            FormattedText other = MarkdownText.render("[bank](" + address + ")");
            assertThat(other.text()).isEqualTo("bank (" + address + ")");
            assertThat(other.entities()).isEmpty();
        }
    }

    @Test
    void rawHtmlIsLiteral() {
        assertThat(MarkdownText.render("a <b>bold</b> & <script>x</script>").text())
                .isEqualTo("a <b>bold</b> & <script>x</script>");
        assertThat(MarkdownText.render("<div>\nx\n</div>").text()).isEqualTo("<div>\nx\n</div>");
    }

    @Test
    void nothingLiesAroundCode() {
        assertThat(MarkdownText.render("**bold `code` bold**").entities())
                .containsExactly(
                        TextEntity.of(TextEntity.Type.BOLD, 0, 4),
                        TextEntity.of(TextEntity.Type.CODE, 5, 4),
                        TextEntity.of(TextEntity.Type.BOLD, 10, 4));
    }

    @Test
    void nestedStylesOfOneTypeAreOne() {
        assertThat(MarkdownText.render("# a **b** c").entities())
                .containsExactly(TextEntity.of(TextEntity.Type.BOLD, 0, 5));
    }

    @Test
    void controlAndDirectionCharactersAreGone() {
        assertThat(MarkdownText.render("a\u001b[31mb\u202ec\u0007\u009bd\ud800e")
                        .text())
                .isEqualTo("a[31mbcd\ufffde");
    }

    @Test
    void lineBreaksOfTheWriterStay() {
        assertThat(MarkdownText.render("one\ntwo  \nthree").text()).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void blankMarkdownIsBlank() {
        assertThat(MarkdownText.render(" \n\n ").isBlank()).isTrue();
        assertThat(MarkdownText.render("```\n\n```").isBlank()).isTrue();
    }
}
