package dev.agentctl.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CLibraryTest {
    @Test
    void anErrorGoesThroughAsItIs() {
        Error error = new OutOfMemoryError("of the test");
        assertThatThrownBy(() -> CLibrary.unexpected(error)).isSameAs(error);
    }

    @Test
    void whatElseACallThrowsIsUnchecked() {
        RuntimeException known = new IllegalArgumentException("of the test");
        assertThat(CLibrary.unexpected(known)).isSameAs(known);
        IOException checked = new IOException("of the test");
        assertThat(CLibrary.unexpected(checked))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }
}
