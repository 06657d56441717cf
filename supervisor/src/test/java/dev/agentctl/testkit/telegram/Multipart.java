package dev.agentctl.testkit.telegram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `multipart/form-data` body (RFC 7578). Bytes are handled as ISO-8859-1, which keeps them one to one.
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";\r]*)");

    private Multipart() {}

    /// One field of the form.
    ///
    /// @param fileName present if it is a file
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(String name, Optional<String> fileName, byte[] content) {}

    static List<Part> parse(byte[] body, String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        List<Part> parts = new ArrayList<>();
        if (!boundary.find()) {
            return parts;
        }
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n--" + boundary.group(1);
        int at = text.indexOf(delimiter);
        while (at >= 0) {
            int next = text.indexOf(delimiter, at + delimiter.length());
            if (next > 0) {
                parse(text.substring(at + delimiter.length() + 2, next)).ifPresent(parts::add);
            }
            at = next;
        }
        return parts;
    }

    private static Optional<Part> parse(String part) {
        int blank = part.indexOf("\r\n\r\n");
        if (blank < 0) {
            return Optional.empty();
        }
        String headers = utf8(part.substring(0, blank));
        byte[] content = part.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1);
        return find(NAME, headers).map(name -> new Part(name, find(FILE_NAME, headers), content));
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
