package dev.spillway.local.cloudwatch.math;

/**
 * A word of an expression.
 *
 * @param position of its first character, from 1
 * @param text as written; empty at the end
 */
record Token(int position, Kind kind, String text) {

    enum Kind {
        NUMBER,
        ID,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return text.equals(symbol) && (kind == Kind.SYMBOL || kind == Kind.NAME);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : text;
    }
}
