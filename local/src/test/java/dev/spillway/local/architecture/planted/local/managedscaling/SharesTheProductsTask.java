package dev.spillway.local.architecture.planted.local.managedscaling;

import dev.spillway.local.architecture.planted.driver.Prints;

final class SharesTheProductsTask {
    private final Prints task = new Prints();

    @Override
    public String toString() {
        return "shares " + task;
    }
}
