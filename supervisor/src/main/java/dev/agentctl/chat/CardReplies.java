package dev.agentctl.chat;

import java.util.Optional;

/// What words mean that reply to a card which wants some: the answer to its question, the reason of a refusal.
final class CardReplies {
    /// Begins the name of a card that asks why a prompt is refused; the prompt's id follows.
    static final String REASON = Outgoing.Card.WANTS_REPLY + "reason:";

    private final ReplyRoute route;
    private final PromptDesk prompts;

    CardReplies(ReplyRoute route, PromptDesk prompts) {
        this.route = route;
        this.prompts = prompts;
    }

    /// Empty where they reply to none, or to one that is settled: then they are words to its session.
    Optional<ChatCommand> meant(Incoming message, String words) {
        return message.replyTo()
                .flatMap(id -> route.cardOf(message.from(), id).flatMap(card -> {
                    if (card.startsWith(QuestionCard.NAME)) {
                        return Optional.of(new ChatCommand.Answer(card.substring(QuestionCard.NAME.length()), words));
                    }
                    if (card.startsWith(REASON)) {
                        return Optional.of(decide(card.substring(REASON.length()), new Choice.Deny(words)));
                    }
                    return card.startsWith(PromptDesk.CARD)
                            ? toPrompt(
                                    card.substring(PromptDesk.CARD.length()),
                                    route.sessionOf(message.from(), id),
                                    words)
                            : Optional.empty();
                }));
    }

    private Optional<ChatCommand> toPrompt(String prompt, Optional<String> session, String words) {
        return switch (prompts.wants(prompt)) {
            case NOTHING -> Optional.empty();
            case AN_ANSWER -> Optional.of(decide(prompt, new Choice.Answer(words)));
            case APPROVAL -> session.map(name -> new ChatCommand.WordsToApproval(prompt, name, words));
        };
    }

    private static ChatCommand decide(String prompt, Choice choice) {
        return new ChatCommand.Decide(prompt, choice);
    }
}
