package dev.agentctl.picture;

import java.awt.Color;
import java.awt.Graphics2D;

/// Block elements (U+2580 to U+259F) and Braille patterns (U+2800 to U+28FF), drawn by hand for the same reason as
/// [LineDrawing]: logos and progress bars are made of the former, spinners of the latter.
final class BlockDrawing {
    /// U+2596 to U+259F: which quadrants are filled; 1 upper left, 2 upper right, 4 lower left, 8 lower right.
    private static final int[] QUADRANTS = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};

    private final Graphics2D canvas;
    private final int width;
    private final int height;

    BlockDrawing(Graphics2D canvas, int width, int height) {
        this.canvas = canvas;
        this.width = width;
        this.height = height;
    }

    static boolean knows(int codePoint) {
        return (codePoint >= 0x2580 && codePoint <= 0x259F) || isBraille(codePoint);
    }

    private static boolean isBraille(int codePoint) {
        return codePoint >= 0x2800 && codePoint <= 0x28FF;
    }

    /// Draws it into the cell whose upper left corner is at `x`, `y`, in the canvas's colour.
    void draw(int codePoint, int x, int y) {
        if (isBraille(codePoint)) {
            braille(codePoint - 0x2800, x, y);
        } else if (codePoint == 0x2580) {
            canvas.fillRect(x, y, width, height / 2);
        } else if (codePoint <= 0x2588) {
            int filled = Math.round(height * (codePoint - 0x2580) / 8f);
            canvas.fillRect(x, y + height - filled, width, filled);
        } else if (codePoint <= 0x258F) {
            canvas.fillRect(x, y, Math.round(width * (0x2590 - codePoint) / 8f), height);
        } else if (codePoint == 0x2590) {
            canvas.fillRect(x + width / 2, y, width - width / 2, height);
        } else if (codePoint <= 0x2593) {
            shade((codePoint - 0x2590) * 64, x, y);
        } else if (codePoint == 0x2594) {
            canvas.fillRect(x, y, width, Math.max(1, height / 8));
        } else if (codePoint == 0x2595) {
            canvas.fillRect(x + width - Math.max(1, width / 8), y, Math.max(1, width / 8), height);
        } else {
            quadrants(QUADRANTS[codePoint - 0x2596], x, y);
        }
    }

    private void shade(int alpha, int x, int y) {
        Color full = canvas.getColor();
        canvas.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), alpha));
        canvas.fillRect(x, y, width, height);
        canvas.setColor(full);
    }

    private void quadrants(int filled, int x, int y) {
        int half = width / 2;
        int middle = height / 2;
        for (int i = 0; i < 4; i++) {
            if ((filled & 1 << i) != 0) {
                boolean right = i % 2 == 1;
                boolean lower = i >= 2;
                canvas.fillRect(
                        right ? x + half : x,
                        lower ? y + middle : y,
                        right ? width - half : half,
                        lower ? height - middle : middle);
            }
        }
    }

    /// Dots 1 to 3 and 7 stand left, 4 to 6 and 8 right; a bit each, from the lowest.
    private void braille(int dots, int x, int y) {
        int size = Math.max(2, Math.min(width / 4, height / 8) + 1);
        for (int i = 0; i < 8; i++) {
            if ((dots & 1 << i) != 0) {
                int column = i < 6 ? i / 3 : i - 6;
                int row = i < 6 ? i % 3 : 3;
                canvas.fillOval(
                        x + width * (2 * column + 1) / 4 - size / 2,
                        y + height * (2 * row + 1) / 8 - size / 2,
                        size,
                        size);
            }
        }
    }
}
