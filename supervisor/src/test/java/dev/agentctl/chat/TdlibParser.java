package dev.agentctl.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Telegram's own parser of formatted text, which its Bot API server uses, from TDLib through the foreign function API.
/// It knows no array of entities, so what is checked goes through HTML and back.
@SuppressWarnings("restricted") // it is native code that is under test
final class TdlibParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MethodHandle execute;

    private TdlibParser(MethodHandle execute) {
        this.execute = execute;
    }

    static TdlibParser load(Path library) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle execute = SymbolLookup.libraryLookup(library, Arena.global())
                .find("td_execute")
                .map(address ->
                        linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS)))
                .orElseThrow(() -> new IOException(library + " has no td_execute"));
        TdlibParser parser = new TdlibParser(execute);
        ObjectNode quiet = JSON.createObjectNode().put("@type", "setLogVerbosityLevel");
        parser.call(quiet.put("new_verbosity_level", 0));
        return parser;
    }

    /// What Telegram makes of a text and its entities; empty if it refuses them.
    Optional<FormattedText> read(FormattedText text) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("@type", "parseTextEntities");
        request.put("text", html(text));
        request.putObject("parse_mode").put("@type", "textParseModeHTML");
        JsonNode answer = call(request);
        if (!answer.path("@type").asText().equals("formattedText")) {
            return Optional.empty();
        }
        List<TextEntity> entities = new ArrayList<>();
        for (JsonNode entity : answer.path("entities")) {
            entities.add(entity(entity));
        }
        return Optional.of(new FormattedText(answer.path("text").asText(), entities));
    }

    private static TextEntity entity(JsonNode entity) {
        JsonNode type = entity.path("type");
        String name = type.path("@type").asText().substring("textEntityType".length());
        TextEntity.Type ours = switch (name) {
            case "PreCode" -> TextEntity.Type.PRE;
            case "TextUrl" -> TextEntity.Type.TEXT_LINK;
            case "BlockQuote" -> TextEntity.Type.BLOCKQUOTE;
            case "ExpandableBlockQuote" -> TextEntity.Type.EXPANDABLE_BLOCKQUOTE;
            default -> TextEntity.Type.valueOf(name.toUpperCase(Locale.ROOT));
        };
        return new TextEntity(
                ours,
                entity.path("offset").asInt(),
                entity.path("length").asInt(),
                Optional.of(type.path("language").asText("")).filter(language -> !language.isEmpty()),
                Optional.of(type.path("url").asText("")).filter(url -> !url.isEmpty()));
    }

    private JsonNode call(ObjectNode request) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = (MemorySegment) execute.invokeExact(arena.allocateFrom(request.toString()));
            return JSON.readTree(answer.reinterpret(Long.MAX_VALUE).getString(0));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("td_execute failed", e);
        }
    }

    /// The entities as tags. They nest, so that each ends before what it lies in.
    static String html(FormattedText text) {
        StringBuilder html = new StringBuilder();
        Deque<TextEntity> open = new ArrayDeque<>();
        int next = 0;
        for (int i = 0; i <= text.text().length(); i++) {
            while (!open.isEmpty() && open.element().end() == i) {
                html.append(endTag(open.pop()));
            }
            while (next < text.entities().size() && text.entities().get(next).offset() == i) {
                TextEntity entity = text.entities().get(next++);
                html.append(beginTag(entity));
                open.push(entity);
            }
            if (i < text.text().length()) {
                html.append(escaped(text.text().charAt(i)));
            }
        }
        return html.toString();
    }

    private static String escaped(char unit) {
        return switch (unit) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> String.valueOf(unit);
        };
    }

    private static String beginTag(TextEntity entity) {
        return switch (entity.type()) {
            case BOLD -> "<b>";
            case ITALIC -> "<i>";
            case STRIKETHROUGH -> "<s>";
            case CODE -> "<code>";
            case PRE ->
                entity.language()
                        .map(language -> "<pre><code class=\"language-" + language + "\">")
                        .orElse("<pre>");
            case TEXT_LINK ->
                "<a href=\"" + entity.url().orElse("").replace("&", "&amp;").replace("\"", "&quot;") + "\">";
            case BLOCKQUOTE -> "<blockquote>";
            case EXPANDABLE_BLOCKQUOTE -> "<blockquote expandable>";
        };
    }

    private static String endTag(TextEntity entity) {
        return switch (entity.type()) {
            case BOLD -> "</b>";
            case ITALIC -> "</i>";
            case STRIKETHROUGH -> "</s>";
            case CODE -> "</code>";
            case PRE -> entity.language().isPresent() ? "</code></pre>" : "</pre>";
            case TEXT_LINK -> "</a>";
            case BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE -> "</blockquote>";
        };
    }
}
