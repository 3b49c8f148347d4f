package dev.spillway.common.task;

/**
 * An asynchronous invocation of a Lambda function.
 *
 * @param function name, name:alias, or ARN
 * @param payload JSON text; never logged
 */
public record FunctionWork(String function, String payload) {

    /** Without the payload, which may hold secrets. */
    @Override
    public String toString() {
        return "FunctionWork[function=" + function + "]";
    }
}
