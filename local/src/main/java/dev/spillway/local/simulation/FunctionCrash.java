package dev.spillway.local.simulation;

/**
 * A function's execution environment ends in the middle of an invocation. An error, because no function may get away
 * with catching it: nothing of it runs any more.
 */
final class FunctionCrash extends Error {

    FunctionCrash(String where) {
        super("the function ended " + where, null, false, false);
    }
}
