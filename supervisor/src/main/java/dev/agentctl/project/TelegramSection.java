package dev.agentctl.project;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `telegram`.
final class TelegramSection {
    private static final List<String> KNOWN =
            List.of("token", "token_file", "operators", "owners", "viewers", "chat", "quiet_hours", "api_url");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Senders that stand for many people or for none: anonymous admins of a group, Telegram itself, channel posts.
    private static final Set<Long> SERVICE_IDS = Set.of(1087968824L, 777000L, 136817688L);

    private final Section section;

    private TelegramSection(Section section) {
        this.section = section;
    }

    static Optional<Telegram> read(Entry entry) {
        return Section.of(entry.node(), " in 'telegram'", KNOWN, entry.reading())
                .flatMap(section -> new TelegramSection(section).telegram());
    }

    private Optional<Telegram> telegram() {
        Optional<Secret> token = TokenKeys.read(section);
        List<Long> operators = operators();
        List<Long> owners = section.entry("owners").map(TelegramSection::people).orElse(List.of());
        List<Long> viewers =
                section.entry("viewers").map(TelegramSection::people).orElse(List.of());
        Optional<Long> chat = section.entry("chat").flatMap(entry -> chat(entry, operators));
        Optional<QuietHours> quiet = section.entry("quiet_hours")
                .flatMap(entry -> entry.oneOf(QuietHours::parse, "a stretch of the day such as \"22:00-07:00\""));
        Optional<URI> api = api();
        if (token.isEmpty() || operators.isEmpty() || api.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Telegram(
                token.get(), operators, owners, viewers, chat.orElse(operators.getFirst()), quiet, api.get()));
    }

    private Optional<URI> api() {
        Optional<Entry> entry = section.entry("api_url");
        return entry.isPresent() ? entry.flatMap(TelegramSection::apiUrl) : Optional.of(Telegram.PUBLIC_API);
    }

    private List<Long> operators() {
        Optional<Entry> entry = section.entry("operators");
        if (entry.isEmpty()) {
            section.problem("no 'operators:', the numeric ids of those who may command");
            return List.of();
        }
        Optional<List<Entry>> items = entry.get().items("[123456789]");
        if (items.filter(List::isEmpty).isPresent()) {
            entry.get().problem("is empty, so nobody could command; list your numeric user id");
        }
        return distinct(items.orElse(List.of()));
    }

    private static List<Long> people(Entry entry) {
        return distinct(entry.items("[123456789]").orElse(List.of()));
    }

    private static List<Long> distinct(List<Entry> items) {
        Set<Long> people = new LinkedHashSet<>();
        items.forEach(item -> operator(item).ifPresent(id -> {
            if (!people.add(id)) {
                item.warn("is listed twice");
            }
        }));
        return List.copyOf(people);
    }

    private static Optional<Long> operator(Entry item) {
        Optional<Long> id = item.number();
        if (id.filter(number -> number <= 0).isPresent()) {
            item.problem("must be a person's id, which is positive");
        } else if (id.filter(SERVICE_IDS::contains).isPresent()) {
            item.problem("is one of Telegram's service ids, which stands for many people; list your own user id");
        } else {
            return id;
        }
        return Optional.empty();
    }

    private static Optional<Long> chat(Entry entry, List<Long> operators) {
        Optional<Long> chat = entry.number();
        if (chat.filter(id -> id == 0 || SERVICE_IDS.contains(id)).isPresent()) {
            entry.problem("is no chat that a bot can write to");
            return Optional.empty();
        }
        if (chat.filter(id -> id > 0 && !operators.contains(id)).isPresent()) {
            entry.warn("is the private chat of somebody who is no operator");
        }
        return chat;
    }

    /// The value is never quoted: a wrong one may hold a token.
    private static Optional<URI> apiUrl(Entry entry) {
        Optional<String> text = entry.word();
        Optional<URI> url = text.flatMap(TelegramSection::httpUrl);
        if (text.isPresent() && url.isEmpty()) {
            entry.problem("must be an http or https URL of a host, without user, query or fragment");
        }
        url.filter(http -> "http".equalsIgnoreCase(http.getScheme()) && !LOOPBACK.contains(http.getHost()))
                .ifPresent(_ -> entry.warn("is plain http to another machine, so the token can be read on the way"));
        return url;
    }

    private static Optional<URI> httpUrl(String text) {
        try {
            URI url = new URI(text.strip());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            return http && plain && url.getHost() != null && url.getPort() < 65536
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
