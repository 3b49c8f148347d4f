package dev.spillway.local.architecture.planted.local;

import dev.spillway.local.architecture.planted.local.cli.Turns;

/** The other half. */
public final class Returns {
    Turns turn() {
        return new Turns();
    }
}
