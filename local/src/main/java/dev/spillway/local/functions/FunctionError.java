package dev.spillway.local.functions;

/** What the handler threw, as the caller of an invocation sees it. */
public final class FunctionError extends RuntimeException {

    FunctionError(String function, Throwable thrown) {
        super("The function %s failed: %s".formatted(function, thrown), thrown);
    }
}
