package dev.spillway.local.architecture.planted.driver;

/** Writes where nobody looks. */
public final class Prints {
    void print() {
        System.out.println(this);
    }
}
