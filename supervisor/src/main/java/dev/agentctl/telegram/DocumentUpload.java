package dev.agentctl.telegram;

import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/// An upload that keeps the raw answer, for the same reason as [JsonMethod].
final class DocumentUpload extends SendDocument {
    private volatile String answer = "";

    DocumentUpload(String chatId, InputFile document) {
        super(chatId, document);
    }

    /// What the server answered; empty before it did.
    String answer() {
        return answer;
    }

    @Override
    public Message deserializeResponse(String raw) {
        answer = raw;
        return new Message();
    }
}
