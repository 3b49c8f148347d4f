package dev.spillway.taskstate;

import dev.spillway.common.task.TaskId;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The adapters of the task state function that only its own package sees. */
public final class TaskStateAdapters {

    private TaskStateAdapters() {}

    /** Hands a waiting task to the driver. */
    public static void release(SqsClient sqs, String queueUrl, TaskId taskId, Duration delay) {
        new SqsReleases(sqs, queueUrl).release(taskId, delay);
    }

    /** The state of ECS tasks by ARN, without those that ECS does not know. */
    public static Map<String, TaskChange> describe(EcsClient ecs, String cluster, Collection<String> arns) {
        return new EcsTasks(ecs, cluster).describe(List.copyOf(arns)).found();
    }
}
