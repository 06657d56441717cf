package dev.agentctl.project;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a project's `limits`.
final class LimitsSection {
    private static final List<String> KNOWN = List.of("memory", "cpu", "tasks");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([MGT])");
    private static final long SMALLEST = 16L << 20;
    private static final Pattern PROCESSORS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,2})?");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,6}");

    private LimitsSection() {}

    static Optional<Limits> read(Entry entry) {
        return Section.of(entry.node(), " in 'limits'", KNOWN, entry.reading())
                .map(section -> new Limits(
                        section.entry("memory")
                                .flatMap(key ->
                                        key.oneOf(LimitsSection::size, "a size such as 512M or 4G, 16M at least"))
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()),
                        section.entry("cpu")
                                .flatMap(key ->
                                        key.oneOf(LimitsSection::percent, "a number of processors such as 2 or 0.5"))
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()),
                        section.entry("tasks")
                                .flatMap(key -> key.oneOf(
                                        LimitsSection::count, "a number of processes and threads such as 500"))
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty())));
    }

    private static Optional<Long> size(String word) {
        Matcher form = SIZE.matcher(word);
        if (!form.matches()) {
            return Optional.empty();
        }
        int shift = switch (requireNonNull(form.group(2))) {
            case "M" -> 20;
            case "G" -> 30;
            default -> 40;
        };
        long size = Long.parseLong(requireNonNull(form.group(1))) << shift;
        return size >= SMALLEST && size >> shift > 0 ? Optional.of(size) : Optional.empty();
    }

    private static Optional<Integer> percent(String word) {
        return Optional.of(word)
                .filter(text -> PROCESSORS.matcher(text).matches())
                .map(text -> new BigDecimal(text).movePointRight(2).intValueExact())
                .filter(percent -> percent > 0);
    }

    private static Optional<Integer> count(String word) {
        return COUNT.matcher(word).matches() ? Optional.of(Integer.valueOf(word)) : Optional.empty();
    }
}
