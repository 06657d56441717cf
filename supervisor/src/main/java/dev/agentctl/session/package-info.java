/// A project's running life: `Session`, its sealed state, the pure `Lifecycle`, restart policy.
@NullMarked
package dev.agentctl.session;

import org.jspecify.annotations.NullMarked;
