package dev.agentctl.chat;

/// Answers that nobody waits for any more, as messages to the sessions that asked: the call has ended, and its
/// agent may not look for the answer, nor even know that it asked.
record LateAnswers(QuestionBook book, Askers askers) {
    /// Puts an answer into the queue, once.
    void tell(AskedQuestion question, String answer) {
        String id = question.id();
        if (!book.toldOtherwise(id, false)) {
            String quote = "[answer to your question \"" + QuestionCard.quoted(question.text()) + "\"] ";
            askers.say(question.session(), quote + answer, book.answeredFrom(id), QuestionBook.lateKey(id));
        }
        // last: should we end before this, the same message is put there again, which its key forbids
        book.heard(id);
    }
}
