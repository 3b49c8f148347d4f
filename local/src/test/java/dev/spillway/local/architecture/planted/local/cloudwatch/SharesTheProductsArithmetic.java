package dev.spillway.local.architecture.planted.local.cloudwatch;

import dev.spillway.local.architecture.planted.driver.Prints;

final class SharesTheProductsArithmetic {
    private final Prints arithmetic = new Prints();

    @Override
    public String toString() {
        return "shares " + arithmetic;
    }
}
