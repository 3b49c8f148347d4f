package dev.spillway.driver;

import dev.spillway.common.ecs.StartedBy;
import dev.spillway.common.task.TaskId;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Asks ECS with ListTasks, where {@code startedBy} has to be the only filter (ECS API reference). */
final class EcsStartedTasks implements StartedTasks {

    private final EcsClient ecs;
    private final String cluster;

    EcsStartedTasks(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    @Override
    public List<String> startedBy(TaskId taskId) {
        return ecs.listTasks(r -> r.cluster(cluster).startedBy(StartedBy.of(taskId)))
                .taskArns();
    }
}
