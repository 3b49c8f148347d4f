package dev.spillway.taskstate.announce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task has another status than before.
 *
 * @param before the record as it was; null for a new one
 */
record StatusChange(@Nullable TaskRecord before, TaskRecord after) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a write to the table changed; empty if the status stayed. */
    static Optional<StatusChange> of(@Nullable TaskRecord before, TaskRecord after) {
        return before != null && before.status() == after.status()
                ? Optional.empty()
                : Optional.of(new StatusChange(before, after));
    }

    /**
     * The event's detail: the public part of the record. The command, the environment and the payload are left out; they
     * may hold secrets, and everybody on the bus can read it. {@code version} tells a repeated event from a new one.
     *
     * @param cluster the name of the deployment's cluster
     */
    String detail(String cluster) {
        ObjectNode detail = JSON.createObjectNode()
                .put("cluster", cluster)
                .put("taskId", after.taskId().value())
                .put("status", after.status().name())
                .put("previousStatus", before == null ? null : before.status().name())
                .put("version", after.version())
                .put("attempt", after.attempt())
                .put("launch", after.launch())
                .put("losses", after.losses())
                .put("failedStarts", after.failedStarts())
                .put(
                        "capacityType",
                        after.capacityType() == null
                                ? null
                                : after.capacityType().name())
                .put("taskArn", after.taskArn())
                .put("reason", after.reason())
                .put("exitCode", after.exitCode());
        Map<String, @Nullable Instant> times = new TreeMap<>();
        times.put("createdAt", after.createdAt());
        times.put("placedAt", after.placedAt());
        times.put("startedAt", after.startedAt());
        times.put("stoppedAt", after.stoppedAt());
        times.forEach((name, at) -> detail.put(name, at == null ? null : at.toString()));
        TaskRequest request = after.request();
        if (request != null) {
            ContainerWork container = request.container();
            FunctionWork function = request.function();
            detail.put("taskDefinition", container == null ? null : container.taskDefinition())
                    .put("function", function == null ? null : function.function())
                    .put("priority", request.priority());
        }
        return detail.toString();
    }
}
