package dev.agentctl.picture;

import dev.agentctl.terminal.Cell;
import dev.agentctl.terminal.Cell.Attribute;
import dev.agentctl.terminal.Screen;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;

/// Draws one screen, cell by cell, with a margin of half a cell around.
final class Drawing {
    private final Screen screen;
    private final Fonts fonts;
    private final int width;
    private final int height;
    private final BufferedImage image;
    private final Graphics2D canvas;
    private final LineDrawing lines;
    private final BlockDrawing blocks;

    Drawing(Screen screen, Fonts fonts) {
        this.screen = screen;
        this.fonts = fonts;
        this.width = fonts.width();
        this.height = fonts.height();
        this.image = new BufferedImage(
                (screen.columns() + 1) * width, screen.rows() * height + width, BufferedImage.TYPE_INT_RGB);
        this.canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        this.lines = new LineDrawing(canvas, width, height);
        this.blocks = new BlockDrawing(canvas, width, height);
    }

    BufferedImage image() {
        canvas.setColor(new Color(Cell.OWN_BACKGROUND));
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        // all backgrounds first: a wide or slanted character may reach over its own cells
        for (int row = 0; row < screen.rows(); row++) {
            for (int column = 0; column < screen.columns(); column++) {
                background(row, column);
            }
        }
        for (int row = 0; row < screen.rows(); row++) {
            for (int column = 0; column < screen.columns(); column++) {
                foreground(row, column);
            }
        }
        canvas.dispose();
        return image;
    }

    private int x(int column) {
        return width / 2 + column * width;
    }

    private int y(int row) {
        return width / 2 + row * height;
    }

    private boolean underCursor(int row, int column) {
        return screen.cursorVisible() && row == screen.cursorRow() && column == screen.cursorColumn();
    }

    private void background(int row, int column) {
        Cell cell = screen.cell(row, column);
        boolean cursor = underCursor(row, column);
        int paper = cursor ? cell.ink() : cell.paper();
        if (paper != Cell.OWN_BACKGROUND) {
            canvas.setColor(new Color(paper));
            canvas.fillRect(x(column), y(row), width * (cursor ? Math.max(1, cell.width()) : 1), height);
        }
    }

    private void foreground(int row, int column) {
        Cell cell = screen.cell(row, column);
        if (cell.width() == 0) {
            return;
        }
        canvas.setColor(new Color(underCursor(row, column) ? cell.paper() : cell.ink()));
        if (!cell.text().isEmpty() && !cell.attributes().contains(Attribute.HIDDEN)) {
            text(cell, x(column), y(row));
        }
        rules(cell, x(column), y(row));
    }

    private void text(Cell cell, int x, int y) {
        int first = cell.text().codePointAt(0);
        if (LineDrawing.knows(first)) {
            lines.draw(first, x, y);
        } else if (BlockDrawing.knows(first)) {
            blocks.draw(first, x, y);
        } else if (first != ' ') {
            glyphs(cell, x, y);
        }
    }

    private void glyphs(Cell cell, int x, int y) {
        Optional<Font> font = fonts.of(
                cell.text(),
                cell.attributes().contains(Attribute.BOLD),
                cell.attributes().contains(Attribute.ITALIC));
        int room = cell.width() * width;
        if (font.isEmpty()) {
            // what no font has: an empty frame, as terminals show it
            canvas.drawRect(x + 2, y + 3, room - 5, height - 7);
            return;
        }
        Font fitting = font.get();
        int advance = canvas.getFontMetrics(fitting).stringWidth(cell.text());
        if (advance > room) {
            fitting = fitting.deriveFont(fitting.getSize2D() * room / advance);
            advance = room;
        }
        canvas.setFont(fitting);
        canvas.drawString(cell.text(), x + (room - advance) / 2, y + fonts.ascent());
    }

    private void rules(Cell cell, int x, int y) {
        int room = cell.width() * width;
        int thick = Math.max(1, height / 14);
        if (cell.attributes().contains(Attribute.UNDERLINE) || !cell.link().isEmpty()) {
            canvas.fillRect(x, y + fonts.ascent() + 1, room, thick);
        }
        if (cell.attributes().contains(Attribute.STRUCK)) {
            canvas.fillRect(x, y + height / 2, room, thick);
        }
        if (cell.attributes().contains(Attribute.OVERLINE)) {
            canvas.fillRect(x, y, room, thick);
        }
    }
}
