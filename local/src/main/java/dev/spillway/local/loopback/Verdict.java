package dev.spillway.local.loopback;

/** What the guard decided about a request. */
public sealed interface Verdict {

    /** The request may have come from a program of this machine. */
    record Admitted() implements Verdict {}

    /**
     * The request may have come from a web page.
     *
     * @param sentence why, in one plain sentence for the person who reads the answer
     */
    record Refused(String sentence) implements Verdict {}
}
