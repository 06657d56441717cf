package dev.agentctl.cli;

import java.util.function.LongFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the number of an option. What is none, or too small or large, is told with what may be said.
abstract class WholeNumber<N> implements ITypeConverter<N> {
    /// Stands for no bound at all; a larger one is taken for it.
    static final long UNBOUNDED = 1_000_000_000_000L;

    private final long least;
    private final long most;
    private final LongFunction<N> as;

    /// @param as what the option keeps it as
    WholeNumber(long least, long most, LongFunction<N> as) {
        this.least = least;
        this.most = most;
        this.as = as;
    }

    @Override
    public final N convert(String text) {
        long number = text.matches("[0-9]{1,12}") ? Long.parseLong(text) : beyond(text);
        if (number < least || number > most) {
            String range = most == UNBOUNDED ? "of at least " + least : "from " + least + " to " + most;
            throw new TypeConversionException("'" + Printable.line(text) + "' is not a number " + range);
        }
        return as.apply(number);
    }

    private long beyond(String text) {
        return text.matches("[0-9]+") ? UNBOUNDED : least - 1;
    }
}
