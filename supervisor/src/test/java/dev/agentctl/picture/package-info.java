@NullMarked
package dev.agentctl.picture;

import org.jspecify.annotations.NullMarked;
