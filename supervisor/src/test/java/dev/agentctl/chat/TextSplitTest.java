package dev.agentctl.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TextSplitTest {

    @Test
    void aShortTextStaysWholeAndUnnumbered() {
        FormattedText text = MarkdownText.render("**hello**");
        assertThat(TextSplit.split(text, 100)).containsExactly(text);
    }

    @Test
    void nothingToShowIsNoMessage() {
        assertThat(TextSplit.split(FormattedText.plain(" \n"), 100)).isEmpty();
    }

    @Test
    void partsAreNumberedAndCutAtBlankLines() {
        String paragraph = "word ".repeat(8).strip();
        FormattedText text = FormattedText.plain(paragraph + "\n\n" + paragraph + "\n\n" + paragraph);
        assertThat(TextSplit.split(text, 60))
                .extracting(FormattedText::text)
                .containsExactly("1/3\n" + paragraph, "2/3\n" + paragraph, "3/3\n" + paragraph);
    }

    @Test
    void aFenceIsRepeatedWithItsLanguageAndKeepsItsIndentation() {
        String code = "  line of code\n".repeat(20);
        List<FormattedText> parts = TextSplit.split(MarkdownText.render("```java\n" + code + "```"), 120);
        assertThat(parts).hasSizeGreaterThan(2).allSatisfy(part -> {
            assertThat(part.entities()).singleElement().satisfies(entity -> {
                assertThat(entity.type()).isEqualTo(TextEntity.Type.PRE);
                assertThat(entity.language()).contains("java");
                assertThat(part.text().substring(entity.offset())).startsWith("  line");
            });
        });
    }

    @Test
    void aSurrogatePairIsNeverCut() {
        List<FormattedText> parts = TextSplit.split(FormattedText.plain("a" + "😀".repeat(100)), 51);
        assertThat(parts)
                .allSatisfy(part -> assertThat(Character.isHighSurrogate(
                                part.text().charAt(part.text().length() - 1)))
                        .isFalse());
        assertThat(parts).allSatisfy(part -> assertThat(part.text().length()).isLessThanOrEqualTo(51));
    }

    @Test
    void moreEntitiesThanAChatShowsAreLeftOut() {
        FormattedText text = MarkdownText.render("**a** ".repeat(500));
        assertThat(TextSplit.split(text, 4096))
                .singleElement()
                .satisfies(part -> assertThat(part.entities()).hasSize(100));
    }

    @Test
    void aLinkThatIsCutIsALinkInBothParts() {
        FormattedText text = new FormattedText(
                "x".repeat(100),
                List.of(new TextEntity(
                        TextEntity.Type.TEXT_LINK, 0, 100, Optional.empty(), Optional.of("https://example.org"))));
        assertThat(TextSplit.split(text, 70))
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.entities())
                        .singleElement()
                        .satisfies(entity -> assertThat(entity.url()).contains("https://example.org")));
    }
}
