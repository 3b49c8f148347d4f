package dev.spillway.local.page.spend;

/** What something costs, if there is a price for it. */
public sealed interface Cost {

    /** In US dollars. */
    record Known(double dollars) implements Cost {}

    /**
     * There is no price for it, and none is guessed.
     *
     * @param what for a person, for example {@code m5.large}
     */
    record NoPrice(String what) implements Cost {}
}
