/// How each agent CLI is launched, typed into, resumed and observed. The only package that knows their quirks.
@NullMarked
package dev.agentctl.agent;

import org.jspecify.annotations.NullMarked;
