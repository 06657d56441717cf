package dev.agentctl.chat;

import dev.agentctl.session.Message;
import dev.agentctl.session.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The durable questions of agents, and what was given to their waiting calls. Any thread may call; what a method
/// did is on disk when it returns.
public interface QuestionBook {
    /// A question, and whether this call made it.
    record Asked(AskedQuestion question, boolean isNew) {}

    /// Stores a question; the same call of the same session gives the same question, and so does a call that asks
    /// again what an unheard one asked, if its answer is still to come or was not given.
    ///
    /// @param options answers to choose from
    Asked ask(String session, long generation, String callKey, String text, List<String> options, Instant expires);

    Optional<AskedQuestion> find(String session, String id);

    Optional<AskedQuestion> find(String id);

    /// Those that can be answered, oldest first.
    List<AskedQuestion> open();

    /// The one that a message to the session answers.
    Optional<AskedQuestion> oldestOpen(String session);

    /// Answers it if it is still open; false if it is not.
    ///
    /// @param origin where the answer was written; remembered where it is not heard at once
    /// @param key of the message, see [#taken]
    /// @param heard whether a call that waits for the answer gets it
    boolean answer(String id, String answer, Optional<Origin> origin, String key, boolean heard);

    /// Where an answer was written that nobody had at once; empty when that has been forgotten.
    Optional<Origin> answeredFrom(String id);

    /// The same for the one caller that shows there that the agent has it now.
    Optional<Origin> forgetAnsweredFrom(String id);

    /// Remembers that a call begins to wait for its answer: should we end before it has it, its client may give up
    /// while nobody is there to be told.
    void awaits(String id);

    /// Those that a call has waited for, in this process or a former one, and has not got the answer to.
    List<String> awaited();

    /// No call needs its answer any more: one has it, or a message tells it.
    void heard(String id);

    /// Remembers that the client that waited for its answer has given up.
    void unheard(String id);

    /// The key of the message that tells a session the answer to a question.
    static String lateKey(String id) {
        return "late:" + id;
    }

    /// Takes the message back that tells an answer, unless somebody has it, or puts it back to where it was.
    ///
    /// @param told whether the agent has the answer without it; then it is heard
    /// @return whether there was such a message to be moved
    boolean toldOtherwise(String id, boolean told);

    /// Ends it if its time is over; true for the one call that ended it.
    boolean expire(String id);

    /// Those that nobody has answered and whose time is over.
    List<AskedQuestion> due();

    /// What a waiting call was given.
    Optional<String> replyTo(String session, String callKey);

    void reply(String session, String callKey, String text, String key);

    /// Gives the first message of the session's queue to a waiting call, all of it or nothing.
    Optional<Message> replyFromQueue(String session, String callKey);

    /// Takes back what a waiting call was given: it becomes the first of the session's queue again.
    ///
    /// @param safe makes a text that was not queued before safe to be typed
    /// @return false where the call was given nothing
    boolean takeBack(String session, String callKey, UnaryOperator<String> safe);

    /// Whether a message was already given to a call.
    boolean taken(String key);
}
