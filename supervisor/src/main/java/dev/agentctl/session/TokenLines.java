package dev.agentctl.session;

import dev.agentctl.agent.TokenCount;
import dev.agentctl.agent.TokenTally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Cuts what is read of a conversation's file into lines, and has those counted that speak of tokens: few of them do,
/// and only these are worth reading as JSON. Used by one thread.
final class TokenLines {
    /// A line may hold a picture. What is longer counts nothing.
    private static final int LONGEST = 8 << 20;
    /// What is kept from one line to the next; a line with a picture in it is a thousand times as long.
    private static final int KEPT = 1 << 16;

    /// In JSON that is quoted within a string a backslash stands before the second quote.
    private static final List<byte[]> WORDS =
            List.of(bytes("\"usage\":"), bytes("\"tokens\":{"), bytes("token_count\""), bytes("cost-state\""));

    private final TokenTally tally = new TokenTally();
    private byte[] line = new byte[1 << 12];
    private int length;
    private boolean tooLong;

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    TokenCount total() {
        return tally.total();
    }

    void add(ByteBuffer piece) {
        byte[] bytes = piece.array();
        int start = piece.arrayOffset() + piece.position();
        int end = piece.arrayOffset() + piece.limit();
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i);
                count();
                start = i + 1;
            }
        }
        keep(bytes, start, end);
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        tooLong |= length + more > LONGEST;
        if (tooLong) {
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
        }
        System.arraycopy(bytes, from, line, length, more);
        length += more;
    }

    private void count() {
        if (!tooLong && WORDS.stream().anyMatch(this::has)) {
            tally.add(new String(line, 0, length, StandardCharsets.UTF_8));
        }
        length = 0;
        tooLong = false;
        if (line.length > KEPT) {
            line = new byte[KEPT];
        }
    }

    private boolean has(byte[] word) {
        for (int i = 0; i <= length - word.length; i++) {
            if (line[i] == word[0] && Arrays.equals(line, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }
}
