package dev.agentctl.control;

import dev.agentctl.wire.Decoder;
import dev.agentctl.wire.Encoder;
import dev.agentctl.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/// The part of [ControlProtocol] that is about dialogs.
final class PromptProtocol {
    private PromptProtocol() {}

    static void encode(Encoder out, PromptChoice choice) {
        switch (choice) {
            case PromptChoice.Approve() -> out.u8(1);
            case PromptChoice.Always(int offer) -> out.u8(2).i32(offer);
            case PromptChoice.Deny(String reason) -> out.u8(3).string(reason);
            case PromptChoice.Answer(String text) -> out.u8(4).string(text);
        }
    }

    static PromptChoice choice(Decoder in) throws WireException {
        int tag = in.u8();
        return switch (tag) {
            case 1 -> new PromptChoice.Approve();
            case 2 -> new PromptChoice.Always(in.i32());
            case 3 -> new PromptChoice.Deny(in.string());
            case 4 -> new PromptChoice.Answer(in.string());
            default -> throw new WireException("unknown choice " + tag);
        };
    }

    static void encode(Encoder out, List<PromptReport> prompts) {
        out.i32(prompts.size());
        for (PromptReport prompt : prompts) {
            out.string(prompt.id())
                    .string(prompt.project())
                    .string(prompt.title())
                    .string(prompt.text())
                    .strings(prompt.commands())
                    .i64(prompt.asked())
                    .i64(prompt.expires());
        }
    }

    static List<PromptReport> prompts(Decoder in) throws WireException {
        int size = in.count();
        List<PromptReport> prompts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            prompts.add(new PromptReport(
                    in.string(), in.string(), in.string(), in.string(), in.strings(), in.i64(), in.i64()));
        }
        return prompts;
    }
}
