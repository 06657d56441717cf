package dev.agentctl.picture;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.font.GlyphVector;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The fonts of this machine for a picture: one of fixed width, and for the characters that it lacks whichever font
/// has them. One thread at a time.
final class Fonts {
    static final int SIZE = 16;
    /// Of those that look well and are often there, the first that is.
    private static final List<String> PREFERRED = List.of(
            "JetBrains Mono",
            "Cascadia Mono",
            "DejaVu Sans Mono",
            "Noto Sans Mono",
            "Liberation Mono",
            "Ubuntu Mono",
            "Hack",
            "Fira Mono",
            "Menlo");

    private static final String NONE =
            "no font is installed that a picture could be drawn with; install one, such as Debian's fonts-dejavu-core"
                    + " (and libfontconfig1, libfreetype6)";

    private final Graphics2D measure = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    private final Font plain;
    private final FontMetrics metrics;
    private final Map<String, Optional<Font>> substitutes = new HashMap<>();
    private List<Font> installed = List.of();

    private Fonts(Font plain) {
        this.plain = plain;
        this.metrics = measure.getFontMetrics(plain);
    }

    /// Finds the fonts.
    ///
    /// @throws PictureException where the machine has none, or Java was installed without its drawing part
    static Fonts find() throws PictureException {
        // before the first look at a font, or Java would ask for a display
        System.setProperty("java.awt.headless", "true");
        try {
            Fonts fonts = new Fonts(fixedWidth());
            if (fonts.width() < 1 || fonts.height() < 1 || !fonts.plain.canDisplay('A')) {
                throw new PictureException(NONE);
            }
            return fonts;
        } catch (RuntimeException | Error e) {
            // a machine without fonts makes Java throw a plain Error
            if (e instanceof OutOfMemoryError) {
                throw e;
            }
            throw new PictureException(NONE, e);
        }
    }

    private static Font fixedWidth() {
        for (String name : PREFERRED) {
            Font font = new Font(name, Font.PLAIN, SIZE);
            // what is not installed becomes Java's own choice, by another name
            if (font.getFamily(Locale.ROOT).equals(name)) {
                return font;
            }
        }
        return new Font(Font.MONOSPACED, Font.PLAIN, SIZE);
    }

    /// The width of a cell.
    int width() {
        return metrics.charWidth('M');
    }

    int height() {
        return metrics.getAscent() + metrics.getDescent();
    }

    int ascent() {
        return metrics.getAscent();
    }

    /// The font for a cell's text; empty where none on this machine has it.
    Optional<Font> of(String text, boolean bold, boolean italic) {
        int style = (bold ? Font.BOLD : Font.PLAIN) | (italic ? Font.ITALIC : Font.PLAIN);
        Font styled = plain.deriveFont(style);
        if (styled.canDisplayUpTo(text) < 0) {
            return Optional.of(styled);
        }
        return substitutes.computeIfAbsent(text, this::substitute).map(font -> font.deriveFont(style));
    }

    private Optional<Font> substitute(String text) {
        if (installed.isEmpty()) {
            installed = List.of(
                            GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                    .stream()
                    .map(font -> font.deriveFont((float) SIZE))
                    .sorted(Comparator.comparing(font -> !font.getName().contains("Mono")))
                    .toList();
        }
        Optional<Font> whole =
                installed.stream().filter(font -> draws(font, text)).findFirst();
        // a cluster that no font has as a whole is shown by its first character
        int first = text.codePointAt(0);
        boolean several = Character.charCount(first) < text.length();
        return whole.isPresent() || !several ? whole : substitute(Character.toString(first));
    }

    /// Fonts with coloured pictures claim characters that Java then draws as nothing.
    private boolean draws(Font font, String text) {
        if (font.canDisplayUpTo(text) >= 0) {
            return false;
        }
        GlyphVector glyphs = font.createGlyphVector(measure.getFontRenderContext(), text);
        return !glyphs.getVisualBounds().isEmpty();
    }
}
