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
 * @param snapStart whether its copies start from a snapshot that is taken after its hooks have run
 */
public record FunctionResource(
        String logicalId,
        String name,
        String handler,
        Map<String, String> environment,
        Duration timeout,
        int memory,
        boolean snapStart,
        List<EventSource> events) {

    public FunctionResource {
        environment = Map.copyOf(environment);
        events = List.copyOf(events);
    }

    /** The same function, whose copies are made anew: for who counts the calls of one, and not those before its snapshot. */
    public FunctionResource withoutSnapStart() {
        return new FunctionResource(logicalId, name, handler, environment, timeout, memory, false, events);
    }
}
