package dev.agentctl.control;

import dev.agentctl.control.ControlReply.Outcome;
import dev.agentctl.control.ControlReply.RoleProcess;
import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bytes of the control requests and replies: a tag and the record's fields in order.
final class ControlProtocol {
    /// Said by both sides first, also by `scripts/quick-status`; a change of any record changes it. Not so a
    /// request that is new: who does not know it refuses it.
    static final int VERSION = 6;

    private ControlProtocol() {}

    static byte[] encode(ControlRequest request) {
        Encoder out = new Encoder();
        // A switch over types makes classes when it first runs, which takes longer than all else of a `status`. That is
        // asked from prompts, so it is told apart before the switch.
        if (request instanceof ControlRequest.Status status) {
            return encode(out, status);
        }
        switch (request) {
            case ControlRequest.Status status -> {
                return encode(out, status);
            }
            case ControlRequest.PrintStatus(Optional<String> project, boolean json) ->
                out.u8(18).optional(project).flag(json);
            case ControlRequest.Start(List<String> projects, boolean fresh) ->
                out.u8(2).strings(projects).flag(fresh);
            case ControlRequest.Stop(List<String> projects) -> out.u8(3).strings(projects);
            case ControlRequest.Restart(List<String> projects) -> out.u8(4).strings(projects);
            case ControlRequest.Send(String project, String text, String key) ->
                out.u8(5).string(project).string(text).string(key);
            case ControlRequest.AwaitDelivery(String project, String key, String seen, long millis) ->
                out.u8(17).string(project).string(key).string(seen).i64(millis);
            case ControlRequest.Keys(String project, List<String> keys) ->
                out.u8(6).string(project).strings(keys);
            case ControlRequest.ShowScreen(String project, boolean ansi) ->
                out.u8(7).string(project).flag(ansi);
            case ControlRequest.Redraw(String project, int historyLines) ->
                out.u8(8).string(project).i32(historyLines);
            case ControlRequest.Reload(boolean apply) -> out.u8(9).flag(apply);
            case ControlRequest.ShowConfiguration() -> out.u8(19);
            case ControlRequest.Delete(String project) -> out.u8(10).string(project);
            case ControlRequest.Down(boolean keepAgents) -> out.u8(11).flag(keepAgents);
            case ControlRequest.OpenTools(String project) -> out.u8(20).string(project);
            case ControlRequest.CreateToken(String name, String scope, Optional<String> project, long seconds) ->
                out.u8(50).string(name).string(scope).optional(project).i64(seconds);
            case ControlRequest.ListTokens() -> out.u8(51);
            case ControlRequest.RevokeToken(String name) -> out.u8(52).string(name);
            case ControlRequest.ShowAudit(int entries) -> out.u8(40).i32(entries);
            case ControlRequest.Invite(String role) -> out.u8(41).string(role);
            case ControlRequest.ListMembers() -> out.u8(42);
            case ControlRequest.RemoveMember(String user) -> out.u8(43).string(user);
            case ControlRequest.OpenConsole() -> out.u8(12);
            case ControlRequest.ConsoleLine(String line) -> out.u8(13).string(line);
            case ControlRequest.Transcript(String project) -> out.u8(16).string(project);
            case ControlRequest.Wait(String project, WaitGoal goal, long millis) ->
                encode(out.u8(15).string(project), goal).i64(millis);
            case ControlRequest.TypeBytes(String project, List<byte[]> pieces) -> {
                out.u8(14).string(project).i32(pieces.size());
                pieces.forEach(out::bytes);
            }
            case ControlRequest.ListPrompts(Optional<String> project) ->
                out.u8(30).optional(project);
            case ControlRequest.Decide(String prompt, PromptChoice choice) ->
                PromptProtocol.encode(out.u8(31).string(prompt), choice);
        }
        return out.toBytes();
    }

    private static byte[] encode(Encoder out, ControlRequest.Status status) {
        return out.u8(1).optional(status.project()).toBytes();
    }

    static ControlRequest request(byte[] frame) throws WireException {
        Decoder in = new Decoder(frame);
        int tag = in.u8();
        return switch (tag) {
            case 1 -> new ControlRequest.Status(in.optional());
            case 2 -> new ControlRequest.Start(in.strings(), in.flag());
            case 3 -> new ControlRequest.Stop(in.strings());
            case 4 -> new ControlRequest.Restart(in.strings());
            case 5 -> new ControlRequest.Send(in.string(), in.string(), in.string());
            case 6 -> new ControlRequest.Keys(in.string(), in.strings());
            case 7 -> new ControlRequest.ShowScreen(in.string(), in.flag());
            case 8 -> new ControlRequest.Redraw(in.string(), in.i32());
            case 9 -> new ControlRequest.Reload(in.flag());
            case 10 -> new ControlRequest.Delete(in.string());
            case 11 -> new ControlRequest.Down(in.flag());
            case 12 -> new ControlRequest.OpenConsole();
            case 13 -> new ControlRequest.ConsoleLine(in.string());
            case 14 -> new ControlRequest.TypeBytes(in.string(), pieces(in));
            case 18 -> new ControlRequest.PrintStatus(in.optional(), in.flag());
            case 17 -> new ControlRequest.AwaitDelivery(in.string(), in.string(), in.string(), in.i64());
            case 16 -> new ControlRequest.Transcript(in.string());
            case 15 -> new ControlRequest.Wait(in.string(), goal(in), in.i64());
            case 19 -> new ControlRequest.ShowConfiguration();
            case 20 -> new ControlRequest.OpenTools(in.string());
            case 30 -> new ControlRequest.ListPrompts(in.optional());
            case 31 -> new ControlRequest.Decide(in.string(), PromptProtocol.choice(in));
            case 50 -> new ControlRequest.CreateToken(in.string(), in.string(), in.optional(), in.i64());
            case 51 -> new ControlRequest.ListTokens();
            case 52 -> new ControlRequest.RevokeToken(in.string());
            case 40 -> new ControlRequest.ShowAudit(in.i32());
            case 41 -> new ControlRequest.Invite(in.string());
            case 42 -> new ControlRequest.ListMembers();
            case 43 -> new ControlRequest.RemoveMember(in.string());
            default -> throw new WireException("unknown request " + tag);
        };
    }

    private static Encoder encode(Encoder out, WaitGoal goal) {
        return switch (goal) {
            case WaitGoal.State(String word) -> out.u8(1).string(word);
            case WaitGoal.Text(String text) -> out.u8(2).string(text);
            case WaitGoal.Exit(long generation) -> out.u8(3).i64(generation);
        };
    }

    private static WaitGoal goal(Decoder in) throws WireException {
        int tag = in.u8();
        return switch (tag) {
            case 1 -> new WaitGoal.State(in.string());
            case 2 -> new WaitGoal.Text(in.string());
            case 3 -> new WaitGoal.Exit(in.i64());
            default -> throw new WireException("unknown goal " + tag);
        };
    }

    private static List<byte[]> pieces(Decoder in) throws WireException {
        int size = in.count();
        List<byte[]> pieces = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            pieces.add(in.bytes());
        }
        return pieces;
    }

    static byte[] encode(ControlReply reply) {
        Encoder out = new Encoder();
        switch (reply) {
            case ControlReply.Report report -> encode(out.u8(1), report);
            case ControlReply.Outcomes(List<Outcome> outcomes) -> {
                out.u8(2).i32(outcomes.size());
                outcomes.forEach(outcome -> out.string(outcome.project())
                        .i32(outcome.code().number())
                        .string(outcome.message()));
            }
            case ControlReply.Text(String text) -> out.u8(3).string(text);
            case ControlReply.Painted painted ->
                out.u8(4)
                        .i64(painted.offset())
                        .i64(painted.sequence())
                        .i32(painted.columns())
                        .i32(painted.rows())
                        .bytes(painted.bytes());
            case ControlReply.Refused(ExitCode code, String message) ->
                out.u8(5).i32(code.number()).string(message);
            case ControlReply.Said(Optional<String> session, String kind, String text) ->
                out.u8(6).optional(session).string(kind).string(text);
            case ControlReply.LineDone() -> out.u8(7);
            case ControlReply.TranscriptFile(Optional<String> path) ->
                out.u8(10).optional(path);
            case ControlReply.Reached(String state, String evidence, String seen, Optional<String> exitStatus) ->
                out.u8(8).string(state).string(evidence).string(seen).optional(exitStatus);
            case ControlReply.NotYet(String state, String evidence, WaitGoal goal) ->
                encode(out.u8(9).string(state).string(evidence), goal);
            case ControlReply.Delivered delivered -> ReportProtocol.encode(out.u8(11), delivered);
            case ControlReply.Prompts(List<PromptReport> prompts) -> PromptProtocol.encode(out.u8(20), prompts);
        }
        return out.toBytes();
    }

    static ControlReply reply(byte[] frame) throws WireException {
        Decoder in = new Decoder(frame);
        int tag = in.u8();
        return switch (tag) {
            case 1 -> report(in);
            case 2 -> new ControlReply.Outcomes(outcomes(in));
            case 3 -> new ControlReply.Text(in.string());
            case 4 -> new ControlReply.Painted(in.i64(), in.i64(), in.i32(), in.i32(), in.bytes());
            case 5 -> new ControlReply.Refused(ExitCode.of(in.i32()), in.string());
            case 6 -> new ControlReply.Said(in.optional(), in.string(), in.string());
            case 7 -> new ControlReply.LineDone();
            case 10 -> new ControlReply.TranscriptFile(in.optional());
            case 8 -> new ControlReply.Reached(in.string(), in.string(), in.string(), in.optional());
            case 9 -> new ControlReply.NotYet(in.string(), in.string(), goal(in));
            case 11 -> ReportProtocol.delivered(in);
            case 20 -> new ControlReply.Prompts(PromptProtocol.prompts(in));
            default -> throw new WireException("unknown reply " + tag);
        };
    }

    private static void encode(Encoder out, ControlReply.Report report) {
        encode(out, report.supervisor());
        out.flag(report.host().isPresent());
        report.host().ifPresent(host -> encode(out, host));
        out.i32(report.sessions().size());
        for (SessionReport session : report.sessions()) {
            ReportProtocol.encode(out, session);
        }
        out.strings(report.notices());
    }

    private static ControlReply.Report report(Decoder in) throws WireException {
        RoleProcess supervisor = process(in);
        Optional<RoleProcess> host = in.flag() ? Optional.of(process(in)) : Optional.empty();
        int size = in.count();
        List<SessionReport> sessions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sessions.add(ReportProtocol.session(in));
        }
        return new ControlReply.Report(supervisor, host, sessions, in.strings());
    }

    private static void encode(Encoder out, RoleProcess process) {
        out.i64(process.pid()).string(process.version());
    }

    private static RoleProcess process(Decoder in) throws WireException {
        return new RoleProcess(in.i64(), in.string());
    }

    private static List<Outcome> outcomes(Decoder in) throws WireException {
        int size = in.count();
        List<Outcome> outcomes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            outcomes.add(new Outcome(in.string(), ExitCode.of(in.i32()), in.string()));
        }
        return outcomes;
    }
}
