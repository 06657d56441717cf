package dev.agentctl.cli;

import java.util.Iterator;
import java.util.List;

/// What completes the name of a project in a shell: a placeholder, for which each shell's script asks the supervisor
/// that runs.
final class NamedProjects implements Iterable<String> {
    static final String PLACEHOLDER = "@projects@";

    /// Prints the names, one a line, and nothing where no supervisor runs. In the JSON no other key is called so.
    static final String COMMAND = "agentctl status --json 2>/dev/null | grep -o '\"name\":\"[^\"]*' | cut -d'\"' -f4";

    @Override
    public Iterator<String> iterator() {
        return List.of(PLACEHOLDER).iterator();
    }
}
