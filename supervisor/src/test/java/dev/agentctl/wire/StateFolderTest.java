package dev.agentctl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state folder that somebody else laid out before us.
final class StateFolderTest {
    @TempDir
    Path temporary;

    private StateFolder folder() {
        return new StateFolder(temporary.resolve("state"));
    }

    @Test
    void itIsMadeForUsAlone() throws IOException {
        assertThat(folder().prepare()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().path())))
                .isEqualTo("rwx------");
        assertThat(folder().prepare()).isEmpty();
    }

    @Test
    void aLinkAndAFileInItsPlaceAreRefused() throws IOException {
        Path elsewhere = Files.createDirectory(
                temporary.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder().path(), elsewhere);
        assertThat(folder().prepare()).hasValueSatisfying(why -> assertThat(why).contains("is not a folder"));
        Files.delete(folder().path());
        Files.writeString(folder().path(), "");
        assertThat(folder().prepare()).hasValueSatisfying(why -> assertThat(why).contains("is not a folder"));
    }

    @Test
    void aLinkInThePlaceOfWhatIsInItIsRefused() throws IOException {
        assertThat(folder().prepare()).isEmpty();
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        for (String name : List.of("state.db", "host.sock", "host.lock", "supervisor.log", "sessions", "run", "hook")) {
            Path link = Files.createSymbolicLink(folder().path().resolve(name), elsewhere);
            assertThat(folder().prepare())
                    .hasValueSatisfying(why -> assertThat(why).contains(link + " is a symbolic link"));
            Files.delete(link);
        }
        assertThat(folder().prepare()).isEmpty();
    }

    @Test
    void oneThatOthersMayEnterIsRefused() throws IOException {
        Files.createDirectory(folder().path());
        for (String mode : new String[] {"rwx--x---", "rwxr-xr-x", "rwx-----x"}) {
            Files.setPosixFilePermissions(folder().path(), PosixFilePermissions.fromString(mode));
            assertThat(folder().prepare())
                    .hasValueSatisfying(why -> assertThat(why).contains("chmod 700"));
        }
    }

    @Test
    void oneOfAnotherUserIsRefused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder away");
        assertThat(folder().prepare()).isEmpty();
        UserPrincipal nobody =
                temporary.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder().path(), nobody);
        assertThat(folder().prepare()).hasValueSatisfying(why -> assertThat(why).contains("belongs to nobody"));
    }
}
