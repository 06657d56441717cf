/// Measures the product beside its peers, for `scripts/bench`. No part of the tests.
@NullMarked
package dev.agentctl.bench;

import org.jspecify.annotations.NullMarked;
