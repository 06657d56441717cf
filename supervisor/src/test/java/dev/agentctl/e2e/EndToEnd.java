package dev.agentctl.e2e;

import dev.agentctl.testkit.AgentHome;
import dev.agentctl.testkit.Cli;
import dev.agentctl.testkit.ScriptedModel;
import dev.agentctl.testkit.telegram.ChatMessage;
import dev.agentctl.testkit.telegram.TelegramStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every test from the phone to the model has: both ends, a home, and the product between them.
abstract class EndToEnd {
    static final Duration SOON = Duration.ofMinutes(3);

    private final Duration patience;

    ScriptedModel model;
    TelegramStandIn telegram;
    AgentHome home;
    Product product;

    EndToEnd() {
        this(SOON);
    }

    /// @param patience how long [#hear] waits
    EndToEnd(Duration patience) {
        this.patience = patience;
    }

    @BeforeEach
    final void make() throws IOException {
        model = ScriptedModel.start();
        telegram = TelegramStandIn.start();
        home = AgentHome.create(model);
        product = new Product(home);
    }

    @AfterEach
    final void end() throws IOException {
        product.close();
        home.close();
        telegram.close();
        model.close();
    }

    /// Starts the product with this agent, and waits until it is idle.
    ///
    /// @param more further keys of the project
    final void start(Cli cli, String... more) throws IOException, InterruptedException {
        product.configure(Optional.of(telegram), cli.project(home, more));
        product.up();
        product.awaitState("a", "idle");
    }

    final void say(String text) {
        var _ = telegram.sendFromUser(Product.OPERATOR, Product.OPERATOR, text);
    }

    final ChatMessage hear(String words) {
        return telegram.awaitMessage(
                message -> message.fromBot() && message.text().contains(words), patience);
    }
}
