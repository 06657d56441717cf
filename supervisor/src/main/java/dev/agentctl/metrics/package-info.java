/// The supervisor's figures for Prometheus.
@NullMarked
package dev.agentctl.metrics;

import org.jspecify.annotations.NullMarked;
