package dev.agentctl.chat;

import dev.agentctl.project.Project;
import dev.agentctl.session.Session;
import java.util.Optional;

/// Sends files of projects to who asks for them; one that looks like it holds secrets, and that the project does not
/// name as to be sent, only to an owner, who is asked whether that is meant: a chat's server keeps what it was sent.
final class FileSending {
    private final ProjectFiles files;
    private final Post post;
    private final Confirmations confirmations;
    private final ChoiceCards cards;
    private final SessionActions actions;

    FileSending(ProjectFiles files, Post post, Confirmations confirmations, ChoiceCards cards, SessionActions actions) {
        this.files = files;
        this.post = post;
        this.confirmations = confirmations;
        this.cards = cards;
        this.actions = actions;
    }

    /// Sends it, or asks first.
    ///
    /// @return what came of it, in one line
    String send(Incoming message, Session session, String path, Role role) {
        return switch (find(session, path)) {
            case ProjectFiles.Found found -> sent(message, session, found);
            case ProjectFiles.Secret secret ->
                role.may(Role.OWNER)
                        ? really(message, session, path)
                        : actions.answer(message, secret.reason() + " Only an owner may have it sent.");
            case ProjectFiles.Refused(String reason) -> actions.answer(message, reason);
        };
    }

    private ProjectFiles.Search find(Session session, String path) {
        Project project = session.view().project();
        return files.find(project.directory(), path, project.sendSecrets());
    }

    private String really(Incoming message, Session session, String path) {
        String command = "/secret " + session.name() + " " + confirmations.ask(action(session, path), message.user())
                + " " + path;
        cards.really(
                message,
                "`" + ProjectFiles.shown(path) + "` looks like it holds secrets. Sent, it stays in this chat and on its"
                        + " server.\n\nTo have it sent nevertheless, press within 60 s, or write `"
                        + SafeText.of(command)
                        + "`",
                "Send " + ProjectFiles.shown(path),
                command);
        return "asked to confirm";
    }

    /// The second step.
    String sendSecret(Incoming message, Session session, String path, String code) {
        if (!confirmations.confirm(action(session, path), message.user(), code)) {
            return actions.answer(
                    message, "That code does not hold (any more). Begin again with `/file " + session.name() + " …`");
        }
        return switch (find(session, path)) {
            case ProjectFiles.Found found -> sent(message, session, found);
            case ProjectFiles.Secret secret -> sent(message, session, secret.found());
            case ProjectFiles.Refused(String reason) -> actions.answer(message, reason);
        };
    }

    private static String action(Session session, String path) {
        return "secret " + session.name() + " " + path;
    }

    private String sent(Incoming message, Session session, ProjectFiles.Found found) {
        post.sendOnce(
                "file:" + message.key(),
                new Outgoing.Document(
                        Optional.of(message.from()),
                        Optional.of(session.name()),
                        found.file(),
                        found.name(),
                        found.name(),
                        Optional.of(message.messageId())));
        return "sent " + found.name();
    }
}
