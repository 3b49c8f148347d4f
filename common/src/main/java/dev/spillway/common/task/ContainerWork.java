package dev.spillway.common.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of an ECS task definition, with what the message changes of it.
 *
 * @param taskDefinition family, family:revision, or ARN
 * @param container the container that the overrides go to; null for the definition's first essential one
 * @param command null leaves the definition's
 * @param environment added to the definition's; never logged
 * @param cpu CPU units of the container (1,024 = 1 vCPU); null leaves the definition's
 * @param memory MiB of the container; null leaves the definition's
 * @param tags handed to ECS
 */
public record ContainerWork(
        String taskDefinition,
        @Nullable String container,
        @Nullable List<String> command,
        Map<String, String> environment,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        Placement placement,
        Map<String, String> tags) {

    public ContainerWork {
        command = command == null ? null : List.copyOf(command);
        environment = Map.copyOf(environment);
        tags = Map.copyOf(tags);
    }

    /** Without the environment and the command, which may hold secrets. */
    @Override
    public String toString() {
        return "ContainerWork[taskDefinition=" + taskDefinition + "]";
    }
}
