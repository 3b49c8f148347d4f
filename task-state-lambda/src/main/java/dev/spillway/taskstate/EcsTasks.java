package dev.spillway.taskstate;

import dev.spillway.common.ecs.EcsFailures;
import dev.spillway.taskstate.event.TaskChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Task;

/** Looks ECS tasks up, where their events may have been lost: DescribeTasks takes 100 at a time. */
final class EcsTasks {

    private static final Logger LOG = LoggerFactory.getLogger(EcsTasks.class);

    /** How many tasks one call takes (ECS API reference, DescribeTasks). */
    static final int PAGE = 100;

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
    Answer describe(List<String> arns) {
        Map<String, TaskChange> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        ask(arns, found, missing);
        return new Answer(found, missing);
    }

    /**
     * For one ARN that ECS does not take, as that of a task in another cluster, it refuses the whole question. Asked in
     * halves, it answers for all the others.
     */
    private void ask(List<String> arns, Map<String, TaskChange> found, Set<String> missing) {
        if (arns.isEmpty()) {
            return;
        }
        try {
            read(ecs.describeTasks(r -> r.cluster(cluster).tasks(arns)), found, missing);
        } catch (InvalidParameterException odd) {
            if (arns.size() == 1) {
                LOG.error("ECS does not take {}: {}", arns.getFirst(), odd.getMessage());
                return;
            }
            int half = arns.size() / 2;
            ask(arns.subList(0, half), found, missing);
            ask(arns.subList(half, arns.size()), found, missing);
        }
    }

    private static void read(DescribeTasksResponse response, Map<String, TaskChange> found, Set<String> missing) {
        response.tasks().forEach(task -> found.put(task.taskArn(), change(task)));
        response.failures().stream()
                .filter(failure -> EcsFailures.isMissing(failure) && failure.arn() != null)
                .forEach(failure -> missing.add(failure.arn()));
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
