package dev.spillway.local.architecture.planted.driver;

import java.time.Instant;

final class LooksAtTheClock {
    Instant look() {
        return Instant.now();
    }
}
