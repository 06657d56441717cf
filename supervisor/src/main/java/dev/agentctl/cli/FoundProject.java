package dev.agentctl.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A folder that looks like a project: it is under version control.
///
/// @param name what it would be called
record FoundProject(String name, Path folder) {
    private static final int MOST = 20;
    /// Where people keep their projects, in their home.
    private static final List<String> PLACES = List.of("src", "projects", "code", "dev", "git", "work", "repos");

    /// The one that we are in, then those of the usual places, the newest first.
    static List<FoundProject> all(Path here, Path home) {
        List<FoundProject> found = new ArrayList<>();
        for (Path each = here; each != null && !each.equals(home); each = each.getParent()) {
            if (isProject(each)) {
                found.add(of(each));
                break;
            }
        }
        List<Path> others = new ArrayList<>();
        PLACES.forEach(place -> others.addAll(within(home.resolve(place))));
        others.sort(Comparator.comparing(FoundProject::changed).reversed());
        others.stream()
                .map(FoundProject::of)
                .filter(other -> found.stream().noneMatch(known -> known.folder.equals(other.folder)))
                .limit(MOST)
                .forEach(found::add);
        return found;
    }

    /// @param folder any, whether it looks like one or not
    static FoundProject of(Path folder) {
        String name = String.valueOf(folder.getFileName())
                .replaceAll("[^a-zA-Z0-9._-]", "-")
                .replaceAll("^[^a-zA-Z0-9]+", "");
        return new FoundProject(name.isEmpty() ? "project" : name.substring(0, Math.min(63, name.length())), folder);
    }

    private static List<Path> within(Path place) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, FoundProject::isProject)) {
            folders.forEach(found::add);
        } catch (IOException _) {
            // there is no such place, or it is not ours to look into
        }
        return found;
    }

    private static boolean isProject(Path folder) {
        return Files.exists(folder.resolve(".git"));
    }

    private static FileTime changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException _) {
            return FileTime.fromMillis(0);
        }
    }
}
