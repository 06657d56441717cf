package dev.agentctl.daemon;

import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ControlRequest;
import dev.agentctl.control.PromptChoice;
import dev.agentctl.store.Audit;
import dev.agentctl.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what the command line did, beside what the chats did: everything that acts, and what lets others act.
/// What only looks is not kept, nor the words of a message, nor keys.
record CommandAudit(Audit audit) {
    static final String CHAT = "command line";
    private static final Logger LOG = LoggerFactory.getLogger(CommandAudit.class);

    void note(ControlRequest request, ControlReply reply) {
        action(request).ifPresent(action -> {
            try {
                audit.record(CHAT, String.valueOf(System.getProperty("user.name")), action, outcome(reply));
            } catch (StoreException e) {
                // what was asked for is done by now
                LOG.debug("the audit lacks {}: {}", action, e.getMessage());
            }
        });
    }

    /// A line for each entry, the newest last, its fields between tabs.
    String newest(int entries) {
        return audit.list(entries).reversed().stream()
                .map(entry -> String.join(
                        "\t",
                        Long.toString(entry.at().toEpochMilli()),
                        field(entry.chat()),
                        field(entry.user()),
                        field(entry.action()),
                        field(entry.outcome())))
                .collect(Collectors.joining("\n"));
    }

    private static String field(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Optional<String> action(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Start(List<String> projects, boolean fresh) ->
                Optional.of((fresh ? "start --fresh " : "start ") + named(projects));
            case ControlRequest.Stop(List<String> projects) -> Optional.of("stop " + named(projects));
            case ControlRequest.Restart(List<String> projects) -> Optional.of("restart " + named(projects));
            case ControlRequest.Send send -> Optional.of("send " + send.project());
            case ControlRequest.Decide(String prompt, PromptChoice choice) -> Optional.of(verb(choice) + " " + prompt);
            case ControlRequest.Keys keys -> Optional.of("keys " + keys.project());
            case ControlRequest.TypeBytes bytes -> Optional.of("keys " + bytes.project());
            case ControlRequest.Reload(boolean apply) -> Optional.of(apply ? "reload --apply" : "reload");
            case ControlRequest.Delete(String project) -> Optional.of("delete " + project);
            case ControlRequest.OpenTools(String project) -> Optional.of("mcp " + project);
            case ControlRequest.Invite(String role) -> Optional.of("pair --role " + role);
            case ControlRequest.RemoveMember(String user) -> Optional.of("pair --remove " + user);
            case ControlRequest.CreateToken create ->
                Optional.of("token create " + create.name() + " --scope " + create.scope());
            case ControlRequest.RevokeToken(String name) -> Optional.of("token revoke " + name);
            case ControlRequest.Down(boolean keepAgents) -> Optional.of(keepAgents ? "down --keep-agents" : "down");
            case ControlRequest.Status _,
                    ControlRequest.PrintStatus _,
                    ControlRequest.AwaitDelivery _,
                    ControlRequest.ListPrompts _,
                    ControlRequest.ShowConfiguration _,
                    ControlRequest.Transcript _,
                    ControlRequest.Wait _,
                    ControlRequest.ShowScreen _,
                    ControlRequest.Redraw _,
                    ControlRequest.ShowAudit _,
                    ControlRequest.ListTokens _,
                    ControlRequest.ListMembers _ -> Optional.empty();
            // the console is a chat, and keeps its own
            case ControlRequest.OpenConsole _, ControlRequest.ConsoleLine _ -> Optional.empty();
        };
    }

    private static String verb(PromptChoice choice) {
        return switch (choice) {
            case PromptChoice.Approve() -> "approve";
            case PromptChoice.Always(int offer) -> "approve --always " + offer;
            case PromptChoice.Deny _ -> "deny";
            case PromptChoice.Answer _ -> "answer";
        };
    }

    private static String named(List<String> projects) {
        return projects.isEmpty() ? "--all" : String.join(" ", projects);
    }

    private static String outcome(ControlReply reply) {
        return switch (reply) {
            case ControlReply.Outcomes(List<ControlReply.Outcome> outcomes) ->
                outcomes.stream().map(ControlReply.Outcome::message).collect(Collectors.joining("; "));
            case ControlReply.Refused(var _, String message) -> "refused: " + message;
            // a code or a token is in its text
            case ControlReply.Text _ -> "done";
            case ControlReply.Report _,
                    ControlReply.Prompts _,
                    ControlReply.TranscriptFile _,
                    ControlReply.Reached _,
                    ControlReply.NotYet _,
                    ControlReply.Delivered _,
                    ControlReply.Painted _,
                    ControlReply.Said _,
                    ControlReply.LineDone _ -> "done";
        };
    }
}
