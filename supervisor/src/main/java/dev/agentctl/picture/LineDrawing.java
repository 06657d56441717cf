package dev.agentctl.picture;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/// Box drawing characters (U+2500 to U+257F), drawn by hand: a font's own leave gaps between cells whose size is not
/// exactly its own, and some fonts have none.
final class LineDrawing {
    private static final int FIRST = 0x2500;
    private static final int LAST = 0x257F;
    private static final int LIGHT = 1;
    private static final int DOUBLE = 3;
    /// Two hex digits for each character: two bits each for the arm to the left, up, right and down, from the names
    /// in Unicode's character database. 0 none, 1 light, 2 heavy, 3 double.
    private static final String ARMS = "4488112244881122448811220509060a4181428214182428509060a015192516"
            + "26291a2a5191615262a192a24585498946864a8a5494589864a468a855955999"
            + "655666a569965aa99aa66aaa44881122cc330d070fc143c31c343cd070f01d37"
            + "3fd173f3cd47cfdc74fcdd77ff05415014000000401004018020080248128421";

    private final Graphics2D canvas;
    private final int width;
    private final int height;
    private final int thin;

    LineDrawing(Graphics2D canvas, int width, int height) {
        this.canvas = canvas;
        this.width = width;
        this.height = height;
        this.thin = Math.max(1, height / 14);
    }

    static boolean knows(int codePoint) {
        return codePoint >= FIRST && codePoint <= LAST;
    }

    /// Draws it into the cell whose upper left corner is at `x`, `y`, in the canvas's colour.
    void draw(int codePoint, int x, int y) {
        if (codePoint >= 0x2571 && codePoint <= 0x2573) {
            diagonals(codePoint, x, y);
            return;
        }
        int index = codePoint - FIRST;
        int arms = Integer.parseInt(ARMS, 2 * index, 2 * index + 2, 16);
        if (codePoint >= 0x256D && codePoint <= 0x2570) {
            arc(arms, x, y);
        } else {
            horizontal(arms >> 6, x, y, true);
            vertical(arms >> 4 & 3, x, y, true);
            horizontal(arms >> 2 & 3, x, y, false);
            vertical(arms & 3, x, y, false);
        }
    }

    private void horizontal(int weight, int x, int y, boolean left) {
        int over = reach(weight);
        int from = left ? x : x + width / 2 - over;
        int length = left ? width / 2 + over : x + width - from;
        int middle = y + height / 2;
        if (weight == DOUBLE) {
            canvas.fillRect(from, middle - 2 * thin, length, thin);
            canvas.fillRect(from, middle + thin, length, thin);
        } else if (weight > 0) {
            canvas.fillRect(from, middle - thickness(weight) / 2, length, thickness(weight));
        }
    }

    private void vertical(int weight, int x, int y, boolean up) {
        int over = reach(weight);
        int from = up ? y : y + height / 2 - over;
        int length = up ? height / 2 + over : y + height - from;
        int middle = x + width / 2;
        if (weight == DOUBLE) {
            canvas.fillRect(middle - 2 * thin, from, thin, length);
            canvas.fillRect(middle + thin, from, thin, length);
        } else if (weight > 0) {
            canvas.fillRect(middle - thickness(weight) / 2, from, thickness(weight), length);
        }
    }

    private int thickness(int weight) {
        return weight == LIGHT ? thin : 3 * thin;
    }

    /// How far an arm goes beyond the middle, so that a corner has no notch.
    private int reach(int weight) {
        return weight == DOUBLE ? 2 * thin : (thickness(weight) + 1) / 2;
    }

    /// The round corner between one horizontal and one vertical arm.
    private void arc(int arms, int x, int y) {
        double middleX = x + width / 2 + (thin % 2) / 2.0;
        double middleY = y + height / 2 + (thin % 2) / 2.0;
        Path2D corner = new Path2D.Double();
        corner.moveTo((arms >> 6 & 3) > 0 ? x : x + width, middleY);
        corner.quadTo(middleX, middleY, middleX, (arms >> 4 & 3) > 0 ? y : y + height);
        stroke(corner);
    }

    private void diagonals(int codePoint, int x, int y) {
        if (codePoint != 0x2572) {
            stroke(new Line2D.Double(x, y + height, x + width, y));
        }
        if (codePoint != 0x2571) {
            stroke(new Line2D.Double(x, y, x + width, y + height));
        }
    }

    private void stroke(java.awt.Shape shape) {
        Stroke before = canvas.getStroke();
        canvas.setStroke(new BasicStroke(thin, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        canvas.draw(shape);
        canvas.setStroke(before);
    }
}
