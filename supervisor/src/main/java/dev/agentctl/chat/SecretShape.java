package dev.agentctl.chat;

import java.util.regex.Pattern;

/// How the secrets look that agents most often print: each begins with a mark of who gave it out, so that what is
/// found is one. None may hold a blank, so that nothing of a command can hide in it.
enum SecretShape {
    ANTHROPIC("Anthropic key", "sk-ant-[A-Za-z0-9_-]{20,}"),
    OPENAI("OpenAI key", "sk-(?!ant-)(?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{20,}"),
    GITHUB("GitHub token", "gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}"),
    GITLAB("GitLab token", "glpat-[A-Za-z0-9_-]{20,}"),
    AWS("AWS key", "(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    AWS_SECRET(
            "AWS secret key",
            "(?i:aws_secret_access_key|aws_session_token)[\"']?\\s*+[=:]\\s*+[\"']?[A-Za-z0-9/+=]{40,}"),
    GOOGLE("Google key", "AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\\.[A-Za-z0-9_-]{20,}"),
    SLACK(
            "Slack token",
            "xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|https://hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,}"),
    TELEGRAM("Telegram bot token", "(?:(?<=bot)|\\b)[0-9]{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    STRIPE("Stripe key", "[rs]k_live_[A-Za-z0-9]{20,}"),
    NPM("npm token", "npm_[A-Za-z0-9]{36}"),
    SIGNED("signed token", "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"),
    OURS("agentctl token", "AGENTCTL_TOKEN=[A-Za-z0-9_-]{43}"),
    /// Lines of 40 characters or more and a last one: short words between the marks may be commands.
    PEM(
            "private key",
            "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:\\s{1,8}[A-Za-z0-9+/=]{40,76}){2,400}"
                    + "(?:\\s{1,8}[A-Za-z0-9+/=]{1,76})?\\s{1,8}-----END [A-Z ]{0,30}PRIVATE KEY-----");

    private final String words;
    private final Pattern pattern;

    SecretShape(String words, String pattern) {
        this.words = words;
        String begin = Character.isLetter(pattern.charAt(0)) ? "(?<![A-Za-z0-9_])" : "";
        this.pattern = Pattern.compile(begin + "(?:" + pattern + ")");
    }

    String words() {
        return words;
    }

    Pattern pattern() {
        return pattern;
    }
}
