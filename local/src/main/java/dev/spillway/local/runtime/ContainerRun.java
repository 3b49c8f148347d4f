package dev.spillway.local.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One container to start.
 *
 * @param taskId the last part of the task's ARN; one task may have several containers
 * @param taskArn the task's ARN
 * @param name the container's name in the task definition
 * @param image the container's image; only Docker looks at it
 * @param entryPoint the task definition's entry point, empty for the image's own
 * @param command the command, empty for the image's own
 * @param environment all of the container's environment
 * @param cpu CPU units (1,024 = 1 vCPU); 0 for no share of its own
 * @param memoryMiB the hard limit in MiB; 0 for none
 * @param stopTimeout from SIGTERM to SIGKILL
 */
public record ContainerRun(
        String taskId,
        String taskArn,
        String name,
        String image,
        List<String> entryPoint,
        List<String> command,
        Map<String, String> environment,
        int cpu,
        int memoryMiB,
        Duration stopTimeout) {

    public ContainerRun {
        entryPoint = List.copyOf(entryPoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
