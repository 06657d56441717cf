package dev.agentctl.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class MailboxTest {
    @Test
    void whatIsAskedForInTheLastTaskIsLeftAloneWithoutAWord() {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        timers.shutdownNow();
        Mailbox mailbox = new Mailbox("a", timers);
        assertThatThrownBy(() -> mailbox.postAfter(Duration.ZERO, () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        mailbox.close();
        assertThatCode(() -> mailbox.postAfter(Duration.ZERO, () -> {})).doesNotThrowAnyException();
    }
}
