package dev.spillway.local.architecture.planted.local.time;

import java.time.Clock;

final class HasItsOwnClock {
    private final Clock clock = Clock.systemUTC();

    @Override
    public String toString() {
        return "has " + clock;
    }
}
