package dev.agentctl.telegram;

import okhttp3.Call;
import okhttp3.EventListener;

/// Notes whether a request has left whole. Only then may the server have acted on it. For one call at a time.
final class BodyWatch extends EventListener {
    private volatile boolean left;

    void forget() {
        left = false;
    }

    boolean hasLeft() {
        return left;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        left = true;
    }
}
