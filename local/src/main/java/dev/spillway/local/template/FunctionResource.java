package dev.spillway.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function of the template.
 *
 * @param name the function's name in the account
 * @param handler the class that Lambda calls
 * @param environment its variables, those of {@code Globals} included; never logged
 * @param timeout the longest that one invocation may take, 1–900 s
 * @param memory MiB
 */
public record FunctionResource(
        String logicalId,
        String name,
        String handler,
        Map<String, String> environment,
        Duration timeout,
        int memory,
        List<EventSource> events) {

    public FunctionResource {
        environment = Map.copyOf(environment);
        events = List.copyOf(events);
    }
}
