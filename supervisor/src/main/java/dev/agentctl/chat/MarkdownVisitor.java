package dev.agentctl.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/// Walks a Markdown document and writes what a chat shows of it.
final class MarkdownVisitor extends AbstractVisitor {
    private static final String STEP = "   ";
    private static final int LONG_QUOTE = 400;

    private final EntityWriter writer = new EntityWriter();
    private int quoteDepth;

    FormattedText finished() {
        return writer.finished();
    }

    @Override
    public void visit(Paragraph paragraph) {
        writer.lineBreaks(paragraph.getParent() instanceof ListItem ? 1 : 2);
        visitChildren(paragraph);
        endBlock(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        writer.lineBreaks(2);
        styled(TextEntity.Type.BOLD, heading);
        endBlock(heading);
    }

    @Override
    public void visit(ThematicBreak rule) {
        writer.lineBreaks(2);
        writer.write("———");
        endBlock(rule);
    }

    @Override
    public void visit(BlockQuote quote) {
        writer.lineBreaks(2);
        if (quoteDepth > 0) {
            visitChildren(quote);
        } else {
            quoteDepth++;
            writer.open(TextEntity.Type.BLOCKQUOTE, Optional.empty());
            visitChildren(quote);
            boolean isLong = TextOf.node(quote).length() > LONG_QUOTE;
            writer.closeAs(isLong ? TextEntity.Type.EXPANDABLE_BLOCKQUOTE : TextEntity.Type.BLOCKQUOTE);
            quoteDepth--;
        }
        endBlock(quote);
    }

    @Override
    public void visit(BulletList list) {
        beginList(list);
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            item(item, TaskMark.takeFrom(item).orElse("• "));
        }
        endBlock(list);
    }

    @Override
    public void visit(OrderedList list) {
        beginList(list);
        Integer start = list.getMarkerStartNumber();
        int number = start == null ? 1 : start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            item(item, number + ". " + TaskMark.takeFrom(item).orElse(""));
            number++;
        }
        endBlock(list);
    }

    @Override
    public void visit(FencedCodeBlock block) {
        String info = block.getInfo() == null ? "" : block.getInfo().strip();
        pre(block, block.getLiteral(), language(info));
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        pre(block, block.getLiteral(), Optional.empty());
    }

    @Override
    public void visit(HtmlBlock block) {
        writer.lineBreaks(2);
        writer.write(block.getLiteral());
        endBlock(block);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            List<List<String>> rows = new ArrayList<>();
            for (Node group = block.getFirstChild(); group != null; group = group.getNext()) {
                for (Node row = group.getFirstChild(); row instanceof TableRow; row = row.getNext()) {
                    rows.add(cells(row));
                }
            }
            pre(block, TextTable.of(rows), Optional.empty());
        } else {
            visitChildren(block);
        }
    }

    @Override
    public void visit(Text text) {
        writer.write(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        writer.code(code.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        writer.write(html.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        writer.lineBreaks(1);
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        writer.lineBreaks(1);
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled(TextEntity.Type.ITALIC, emphasis);
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        styled(TextEntity.Type.BOLD, emphasis);
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Strikethrough) {
            styled(TextEntity.Type.STRIKETHROUGH, node);
        } else {
            visitChildren(node);
        }
    }

    @Override
    public void visit(Link link) {
        link(link, link.getDestination());
    }

    @Override
    public void visit(Image image) {
        writer.write("🖼 ");
        link(image, image.getDestination());
    }

    private void link(Node node, String address) {
        String label = TextOf.node(node);
        Optional<String> url = WebLink.of(address);
        if (url.isPresent() && !label.isBlank()) {
            writer.open(TextEntity.Type.TEXT_LINK, url);
            visitChildren(node);
            writer.close();
        } else {
            visitChildren(node);
            writer.write(label.isBlank() || label.equals(address) ? "" : " (" + address + ")");
            writer.write(label.isBlank() ? address : "");
        }
    }

    private void styled(TextEntity.Type type, Node node) {
        writer.open(type, Optional.empty());
        visitChildren(node);
        writer.close();
    }

    private void pre(Node block, String literal, Optional<String> language) {
        writer.lineBreaks(isInItem(block) ? 1 : 2);
        writer.pre(literal.stripTrailing(), language);
        endBlock(block);
    }

    private void beginList(Node list) {
        writer.lineBreaks(isInItem(list) ? 1 : 2);
    }

    private void item(Node item, String marker) {
        writer.lineBreaks(1);
        writer.write(marker);
        String outer = writer.indent();
        writer.indent(outer + STEP);
        continueAfterMarker(item);
        writer.indent(outer);
        writer.lineBreaks(1);
    }

    /// The first paragraph of an item stands beside its marker, anything else below it.
    private void continueAfterMarker(Node item) {
        Node next = item.getFirstChild();
        if (next instanceof Paragraph paragraph) {
            visitChildren(paragraph);
            writer.lineBreaks(1);
            next = paragraph.getNext();
        }
        for (; next != null; next = next.getNext()) {
            next.accept(this);
        }
    }

    private void endBlock(Node block) {
        writer.lineBreaks(isInItem(block) ? 1 : 2);
    }

    private static boolean isInItem(Node block) {
        return block.getParent() instanceof ListItem;
    }

    private static List<String> cells(Node row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(TextOf.node(cell).strip());
        }
        return cells;
    }

    private static Optional<String> language(@Nullable String info) {
        return Optional.ofNullable(info)
                .map(text -> text.split("\\s", 2)[0])
                .filter(word -> word.matches("[A-Za-z0-9_+#.-]{1,30}"));
    }
}
