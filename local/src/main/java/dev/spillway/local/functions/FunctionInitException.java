package dev.spillway.local.functions;

import org.jspecify.annotations.Nullable;

/** A function that could not be made; the message is one sentence with the function, its handler and the reason. */
public final class FunctionInitException extends RuntimeException {

    FunctionInitException(String function, String handler, String reason, @Nullable Throwable cause) {
        super("The function %s with the handler %s does not start: %s".formatted(function, handler, reason), cause);
    }
}
