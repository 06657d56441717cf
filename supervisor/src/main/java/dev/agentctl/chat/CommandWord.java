package dev.agentctl.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The commands of every chat, in the order in which they are listed.
public enum CommandWord {
    SESSIONS("", "all sessions and what they do"),
    STATUS("[ID]", "more of one"),
    TO("[ID] MESSAGE", "a message to the agent, or the answer to its oldest question"),
    SCREEN("[ID]", "what its terminal shows"),
    LOG("[ID] [LINES]", "the last lines that it printed"),
    FILE("[ID] PATH", "a file of the project; never one outside of it"),
    RUN("[ID]", "start it; one that has met a limit tries again"),
    STOP("[ID]", "stop it; asks first"),
    RESTART("[ID]", "stop it and start it again in the same conversation; asks first"),
    INTERRUPT("[ID]", "end its turn, not the session"),
    KEYS("[ID] KEY…", "press keys in its terminal: Escape, Down, Enter, C-c, y"),
    PROMPTS("", "what waits for your decision"),
    ALLOW("PROMPT", "allow what an agent asks"),
    ALWAYS("PROMPT [NUMBER]", "allow it, now and as its offer says from now on"),
    DENY("PROMPT [REASON]", "refuse it"),
    ANSWER("PROMPT TEXT", "answer its question, by number or in words"),
    QUEUE("[ID] [clear]", "the messages that wait for it"),
    MUTE("[ID] [30m|8h|off]", "no sound but for questions"),
    USAGE("[ID]", "how long it runs, what it takes of this machine"),
    DELETE("[ID]", "stop it and forget its conversation; asks first"),
    HELP("", "this list");

    private final String arguments;
    private final String does;

    CommandWord(String arguments, String does) {
        this.arguments = arguments;
        this.does = does;
    }

    /// The word without its `/`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How it is written, such as `/to [ID] MESSAGE`.
    public String usage() {
        return "/" + word() + (arguments.isEmpty() ? "" : " " + arguments);
    }

    /// What it does, on one line.
    public String does() {
        return does;
    }

    /// Whether it speaks of a session.
    public boolean ofASession() {
        return arguments.startsWith("[ID]");
    }

    static Optional<CommandWord> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
