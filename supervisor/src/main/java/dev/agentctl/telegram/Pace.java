package dev.agentctl.telegram;

import java.time.Duration;

/// How fast the chat goes about things.
///
/// @param poll how long the server may hold a poll that finds nothing
/// @param firstRetry the wait after a first failure; doubled with each further one
/// @param longestRetry where that ends
/// @param silence without a finished poll after which polling is started anew
/// @param privatePerSecond messages to a private chat
/// @param groupPerSecond messages to a group, all its topics together
/// @param perSecond messages in all
record Pace(
        Duration poll,
        Duration firstRetry,
        Duration longestRetry,
        Duration silence,
        double privatePerSecond,
        double groupPerSecond,
        double perSecond) {

    /// Somewhat below what the server allows: 1 a second in a private chat, 20 a minute in a group, about 30 a second.
    static Pace normal() {
        return new Pace(
                Duration.ofSeconds(50),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(120),
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
