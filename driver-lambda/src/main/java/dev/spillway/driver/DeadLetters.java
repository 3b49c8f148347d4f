package dev.spillway.driver;

/** Where messages go that cannot be accepted. */
@FunctionalInterface
interface DeadLetters {

    /** Puts the message there, with the reason as its attribute. */
    void put(Delivery delivery, String reason);
}
