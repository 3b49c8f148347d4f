package dev.spillway.local.lambda;

import java.util.List;
import java.util.Map;

/**
 * A function as its file declares it.
 *
 * @param functionName 1–64 of {@code [A-Za-z0-9_-]}
 * @param command what runs it: the event comes as JSON on standard input, exit code 0 is success, standard output is
 *     the answer
 * @param environment its environment variables
 * @param timeout seconds, 1–900
 * @param memorySize MiB, 128–10,240; for the cost only, not enforced
 */
public record LambdaFunction(
        String functionName, List<String> command, Map<String, String> environment, int timeout, int memorySize) {

    private static final int MAX_TIMEOUT = 900;
    private static final int MIN_MEMORY = 128;
    private static final int MAX_MEMORY = 10_240;

    public LambdaFunction {
        if (!functionName.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "functionName must be 1 to 64 of [A-Za-z0-9_-], not \"" + functionName + "\"");
        }
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command must not be empty");
        }
        if (timeout < 1 || timeout > MAX_TIMEOUT) {
            throw new IllegalArgumentException("timeout must be 1 to 900 seconds, not " + timeout);
        }
        if (memorySize < MIN_MEMORY || memorySize > MAX_MEMORY) {
            throw new IllegalArgumentException("memorySize must be 128 to 10240 MiB, not " + memorySize);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
