package dev.spillway.local.architecture.planted.local.ecs;

import dev.spillway.local.architecture.planted.driver.Prints;

final class SharesTheProductsRule {
    private final Prints rule = new Prints();

    @Override
    public String toString() {
        return "shares " + rule;
    }
}
