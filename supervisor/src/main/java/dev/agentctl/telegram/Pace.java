package dev.agentctl.telegram;

import java.time.Duration;

/// How fast the chat goes about things.
///
/// @param poll how long the server may hold a poll that finds nothing
/// @param firstRetry the wait after a first failure; doubled with each further one
/// @param longestRetry where that ends
/// @param silence without a finished poll after which polling is started anew
/// @param rivalry how long another poller may get in our way before it is an alarm; after a crash the server itself
///     holds the dead process's poll for up to 50 s
/// @param privatePerSecond messages to a private chat
/// @param groupPerSecond messages to a group, all its topics together
/// @param perSecond messages in all
record Pace(
        Duration poll,
        Duration firstRetry,
        Duration longestRetry,
        Duration silence,
        Duration rivalry,
        double privatePerSecond,
        double groupPerSecond,
        double perSecond) {

    /// Somewhat below what the server allows: 1 a second in a private chat, 20 a minute in a group, about 30 a second.
    /// A poll whose connection has died unnoticed is given up after 25 + 5 s, and a retry waits at most 20 s behind
    /// an attempt to connect of at most 10 s: whatever the network did, we hear again within 35 s.
    static Pace normal() {
        return new Pace(
                Duration.ofSeconds(25),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                1,
                18.0 / 60,
                25);
    }

    /// The wait after so many failures in a row.
    Duration retryAfter(int failures) {
        int doublings = Math.clamp(failures - 1, 0, 20);
        Duration wait = firstRetry.multipliedBy(1L << doublings);
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }
}
