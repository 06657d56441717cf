package dev.agentctl.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.terminal.Cell;
import dev.agentctl.terminal.Screen;
import dev.agentctl.terminal.Terminal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ScreenPictureTest {
    private static final int COLUMNS = 20;
    private static final int ROWS = 4;

    private BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    private int width;
    private int height;

    private void draw(String output) throws PictureException, IOException {
        Terminal terminal = new Terminal(COLUMNS, ROWS, 0, _ -> {});
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        terminal.feed(bytes, 0, bytes.length);
        draw(terminal.screen());
    }

    private void draw(Screen screen) throws PictureException, IOException {
        picture = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(ScreenPicture.png(screen))));
        Fonts fonts = Fonts.find();
        width = fonts.width();
        height = fonts.height();
    }

    private int pixel(int row, int column, double right, double down) {
        int x = width / 2 + (int) ((column + right) * width);
        int y = width / 2 + (int) ((row + down) * height);
        return picture.getRGB(x, y) & 0xFFFFFF;
    }

    /// How many pixels of a cell are not of this colour.
    private int inked(int row, int column, int paper) {
        int count = 0;
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                int rgb = picture.getRGB(width / 2 + column * width + x, width / 2 + row * height + y) & 0xFFFFFF;
                count += rgb == paper ? 0 : 1;
            }
        }
        return count;
    }

    @Test
    void aBlankScreenIsBackground() throws PictureException, IOException {
        draw("\u001b[?25l");
        assertThat(picture.getWidth()).isEqualTo((COLUMNS + 1) * width);
        assertThat(inked(0, 0, Cell.OWN_BACKGROUND)).isZero();
        assertThat(inked(3, 19, Cell.OWN_BACKGROUND)).isZero();
    }

    @Test
    void textIsDrawnInItsColoursAndNowhereElse() throws PictureException, IOException {
        draw("\u001b[?25l\u001b[38;2;255;0;0;48;2;0;0;255mX\u001b[0m");
        assertThat(pixel(0, 0, 0.02, 0.02)).isEqualTo(0x0000FF);
        assertThat(inked(0, 0, 0x0000FF)).isGreaterThan(10);
        assertThat(inked(0, 1, Cell.OWN_BACKGROUND)).isZero();
    }

    @Test
    void attributesShow() throws PictureException, IOException {
        draw("\u001b[?25lm\u001b[1mm\u001b[0;4mm\u001b[0;7mm\u001b[0;8mm\u001b[0;9mm");
        int plain = inked(0, 0, Cell.OWN_BACKGROUND);
        assertThat(inked(0, 1, Cell.OWN_BACKGROUND)).as("bold").isNotEqualTo(plain);
        assertThat(inked(0, 2, Cell.OWN_BACKGROUND)).as("underlined").isGreaterThan(plain);
        assertThat(pixel(0, 3, 0.02, 0.02)).as("inverse").isEqualTo(Cell.OWN_FOREGROUND);
        assertThat(inked(0, 4, Cell.OWN_BACKGROUND)).as("hidden").isZero();
        assertThat(inked(0, 5, Cell.OWN_BACKGROUND)).as("struck").isGreaterThan(plain);
    }

    @Test
    void theCursorIsABlockThatShowsWhatIsUnderIt() throws PictureException, IOException {
        draw("ab\u001b[D");
        assertThat(pixel(0, 1, 0.02, 0.02)).isEqualTo(Cell.OWN_FOREGROUND);
        assertThat(inked(0, 1, Cell.OWN_FOREGROUND)).isGreaterThan(10);
        draw("ab\u001b[D\u001b[?25l");
        assertThat(pixel(0, 1, 0.02, 0.02)).isEqualTo(Cell.OWN_BACKGROUND);
    }

    @Test
    void whatNoFontHasIsAFrameOverBothItsCells() throws PictureException, IOException {
        // a wide character of a script that no usual font has (Nushu)
        draw("\u001b[?25l\uD82C\uDD70x");
        assertThat(inked(0, 0, Cell.OWN_BACKGROUND)).isGreaterThan(10);
        assertThat(inked(0, 1, Cell.OWN_BACKGROUND)).isGreaterThan(10);
    }

    @Test
    void linesMeetAcrossCells() throws PictureException, IOException {
        draw("\u001b[?25l┌──┐\r\n│██│\r\n└──┘");
        int y = width / 2 + height / 2;
        for (int x = width; x < width / 2 + 3 * width + width / 2; x++) {
            assertThat(picture.getRGB(x, y) & 0xFFFFFF).as("the line at %s", x).isEqualTo(Cell.OWN_FOREGROUND);
        }
        int x = width / 2 + width / 2;
        for (int down = width / 2 + height / 2; down < width / 2 + 2 * height + height / 2; down++) {
            assertThat(picture.getRGB(x, down) & 0xFFFFFF)
                    .as("the line at %s", down)
                    .isEqualTo(Cell.OWN_FOREGROUND);
        }
        assertThat(pixel(1, 1, 0.99, 0.5)).isEqualTo(Cell.OWN_FOREGROUND);
        assertThat(inked(1, 2, Cell.OWN_FOREGROUND)).isZero();
    }

    @Test
    void everyHandDrawnCharacterLeavesInkAndStaysWithinItsCell() throws PictureException, IOException {
        for (int codePoint = 0x2500; codePoint <= 0x259F; codePoint++) {
            draw("\u001b[?25l\r\n " + Character.toString(codePoint));
            assertThat(inked(1, 1, Cell.OWN_BACKGROUND)).as("U+%04X", codePoint).isPositive();
            for (int[] beside : new int[][] {{0, 1}, {2, 1}, {1, 0}, {1, 2}}) {
                assertThat(inked(beside[0], beside[1], Cell.OWN_BACKGROUND))
                        .as("U+%04X at %s, %s", codePoint, beside[0], beside[1])
                        .isLessThanOrEqualTo(height);
            }
        }
    }
}
