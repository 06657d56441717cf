package dev.agentctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentctl.control.ControlReply;
import dev.agentctl.store.Database;
import dev.agentctl.store.Members;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemberDeskTest {
    @TempDir
    private Path folder;

    @Test
    void aCodeIsGivenOnlyWhereThereIsABot() throws IOException {
        try (Database database = Database.open(folder.resolve("state.db"))) {
            Members members = new Members(database, InstantSource.system());

            assertThat(new MemberDesk(members, () -> false).invite("viewer")).isInstanceOf(ControlReply.Refused.class);
            assertThat(new MemberDesk(members, () -> true).invite("viewer")).isInstanceOf(ControlReply.Text.class);
        }
    }
}
