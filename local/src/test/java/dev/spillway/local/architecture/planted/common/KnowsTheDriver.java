package dev.spillway.local.architecture.planted.common;

import dev.spillway.local.architecture.planted.driver.Prints;

final class KnowsTheDriver {
    private final Prints driver = new Prints();

    @Override
    public String toString() {
        return "knows " + driver;
    }
}
