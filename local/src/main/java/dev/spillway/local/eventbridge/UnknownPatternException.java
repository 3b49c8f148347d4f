package dev.spillway.local.eventbridge;

/** An event pattern or schedule that the local system cannot follow; the message says which part. */
public final class UnknownPatternException extends RuntimeException {

    UnknownPatternException(String sentence) {
        super(sentence);
    }
}
