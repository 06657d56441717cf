/// The list of projects: YAML to `Project` records, validation, and the diff at a reload.
@NullMarked
package dev.agentctl.project;

import org.jspecify.annotations.NullMarked;
