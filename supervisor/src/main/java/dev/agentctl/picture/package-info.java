/// A screen as a picture: Java2D without a display. The only package that knows it.
@NullMarked
package dev.agentctl.picture;

import org.jspecify.annotations.NullMarked;
