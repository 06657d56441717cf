package dev.agentctl.cli;

import java.util.List;
import java.util.Optional;

/// How one of our units is, as systemd says it.
///
/// @param runs whether it is active
/// @param active systemd's word for that, such as `active` or `failed`; empty where the unit is not installed
/// @param enabled systemd's word for whether it starts at boot, such as `enabled`; empty where it is not installed
record UnitState(String name, boolean runs, Optional<String> active, Optional<String> enabled) {
    static UnitState notInstalled(String name) {
        return new UnitState(name, false, Optional.empty(), Optional.empty());
    }

    /// A line each.
    static String text(List<UnitState> units) {
        StringBuilder out = new StringBuilder();
        for (UnitState unit : units) {
            String words = unit.active
                    .map(active -> Printable.line(active) + ", " + Printable.line(unit.enabled.orElse("")))
                    .orElse("not installed");
            out.append(unit.name).append(": ").append(words).append('\n');
        }
        return out.toString();
    }

    static String json(List<UnitState> units) {
        Json document = Json.document().key("units").begin('[');
        for (UnitState unit : units) {
            document.begin('{').key("name").string(unit.name);
            document.key("active").optional(unit.active);
            document.key("enabled").optional(unit.enabled).end('}');
        }
        return document.end(']').end('}').toString();
    }
}
