package dev.spillway.taskstate;

import dev.spillway.taskstate.event.TaskChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** Looks ECS tasks up, where their events may have been lost: DescribeTasks takes 100 at a time. */
final class EcsTasks {

    private static final int PAGE = 100;

    private final EcsClient ecs;
    private final String cluster;

    EcsTasks(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    /** The state of each, by ARN; those that ECS no longer knows are absent. */
    Map<String, TaskChange> describe(Collection<String> arns) {
        List<String> all = arns.stream().distinct().toList();
        Map<String, TaskChange> found = new HashMap<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            List<String> page = all.subList(from, Math.min(from + PAGE, all.size()));
            DescribeTasksResponse response =
                    ecs.describeTasks(r -> r.cluster(cluster).tasks(page));
            response.tasks().forEach(task -> found.put(task.taskArn(), change(task)));
        }
        return found;
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
                task.containerInstanceArn(),
                task.stopCodeAsString(),
                task.stoppedReason() == null ? "" : task.stoppedReason(),
                containers,
                task.startedAt(),
                task.stoppedAt());
    }
}
