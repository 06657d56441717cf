/// The self-test of an installed agent command line: in a home of its own, against a model of ours.
@NullMarked
package dev.agentctl.doctor;

import org.jspecify.annotations.NullMarked;
