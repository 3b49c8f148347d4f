package dev.spillway.taskstate;

import dev.spillway.taskstate.event.TaskChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** Looks ECS tasks up, where their events may have been lost: DescribeTasks takes 100 at a time. */
final class EcsTasks {

    /** How many tasks one call takes (ECS API reference, DescribeTasks). */
    static final int PAGE = 100;

    private static final String MISSING = "MISSING";

    private final EcsClient ecs;
    private final String cluster;

    EcsTasks(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    /**
     * What ECS said.
     *
     * @param found by ARN
     * @param missing those that ECS no longer knows; one that is in neither was not answered for, and may well run
     */
    record Answer(Map<String, TaskChange> found, Set<String> missing) {

        Answer {
            found = Map.copyOf(found);
            missing = Set.copyOf(missing);
        }

        /**
         * The state of the task; empty if ECS no longer knows it.
         *
         * @throws IllegalStateException if ECS said neither
         */
        Optional<TaskChange> of(String arn) {
            TaskChange change = found.get(arn);
            if (change == null && !missing.contains(arn)) {
                throw new IllegalStateException("DescribeTasks did not answer for " + arn);
            }
            return Optional.ofNullable(change);
        }
    }

    /** Asks for at most {@link #PAGE} tasks. */
    Answer describe(Collection<String> arns) {
        if (arns.isEmpty()) {
            return new Answer(Map.of(), Set.of());
        }
        DescribeTasksResponse response =
                ecs.describeTasks(r -> r.cluster(cluster).tasks(arns));
        Map<String, TaskChange> found = new HashMap<>();
        response.tasks().forEach(task -> found.put(task.taskArn(), change(task)));
        Set<String> missing = new HashSet<>();
        response.failures().stream()
                .filter(failure -> MISSING.equals(failure.reason()) && failure.arn() != null)
                .forEach(failure -> missing.add(failure.arn()));
        return new Answer(found, missing);
    }

    private static TaskChange change(Task task) {
        List<TaskChange.Container> containers = new ArrayList<>();
        for (Container c : task.containers()) {
            containers.add(new TaskChange.Container(c.name(), c.exitCode(), c.reason() == null ? "" : c.reason()));
        }
        return new TaskChange(
                task.taskArn(),
                task.version() == null ? 0 : task.version(),
                task.lastStatus(),
                task.taskDefinitionArn(),
                task.launchTypeAsString(),
                task.containerInstanceArn(),
                task.stopCodeAsString(),
                task.stoppedReason() == null ? "" : task.stoppedReason(),
                containers,
                task.startedAt(),
                task.stoppedAt());
    }
}
