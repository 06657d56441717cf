/// The durable state. The only package that knows SQLite.
@NullMarked
package dev.agentctl.store;

import org.jspecify.annotations.NullMarked;
