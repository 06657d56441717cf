package dev.agentctl.daemon;

import dev.agentctl.chat.Role;
import dev.agentctl.control.ControlReply;
import dev.agentctl.control.ExitCode;
import dev.agentctl.store.Members;
import dev.agentctl.telegram.TelegramChat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Lets people into the chat and out of it.
///
/// @param bot whether there is one that a person could write to
record MemberDesk(Members members, BooleanSupplier bot) {
    ControlReply invite(String word) {
        Optional<Role> role = Role.of(word);
        if (role.isEmpty()) {
            return new ControlReply.Refused(
                    ExitCode.USAGE, "no role is called '" + word + "'; say viewer, operator or owner");
        }
        if (!bot.getAsBoolean()) {
            return new ControlReply.Refused(
                    ExitCode.ERROR,
                    "there is no bot to write the code to; the configuration needs a telegram section, see: agentctl"
                            + " setup --print");
        }
        return new ControlReply.Text(members.invite(TelegramChat.NAME, role.get()));
    }

    ControlReply list() {
        return new ControlReply.Text(members.all().stream()
                .map(member -> member.user() + "\t" + member.role().word() + "\n")
                .collect(Collectors.joining()));
    }

    ControlReply remove(String user) {
        return members.remove(user)
                ? new ControlReply.Text(user + " is out\n")
                : new ControlReply.Refused(
                        ExitCode.ERROR, "nobody of id " + user + " has joined by a code; see: agentctl pair --list");
    }
}
