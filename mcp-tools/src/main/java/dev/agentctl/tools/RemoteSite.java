package dev.agentctl.tools;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What the server for an operator's own clients is put into.
///
/// @param writes whether clients may do more than look
/// @param ready whether all is built and the host answers
/// @param metrics in Prometheus' text format
public record RemoteSite(Guests guests, Fleet fleet, boolean writes, BooleanSupplier ready, Supplier<String> metrics) {}
