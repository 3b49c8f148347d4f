package dev.spillway.local.architecture.planted.local.cli;

import dev.spillway.local.architecture.planted.local.Returns;

/** One half of a cycle. */
public final class Turns {
    Returns turn() {
        return new Returns();
    }
}
