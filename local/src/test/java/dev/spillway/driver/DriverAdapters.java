package dev.spillway.driver;

import dev.spillway.common.task.TaskId;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The driver's adapters that only its own package sees. */
public final class DriverAdapters {

    private DriverAdapters() {}

    /** Puts a message into the dead-letter queue, as the driver does. */
    public static void putDeadLetter(SqsClient sqs, String queueUrl, String messageId, String body, String reason) {
        new SqsDeadLetters(sqs, queueUrl).put(new Delivery(messageId, "", body, Instant.EPOCH), reason);
    }

    /** The ARNs of the ECS tasks that live and were started for the given one, as the driver finds them. */
    public static List<String> startedBy(EcsClient ecs, String cluster, TaskId taskId) {
        return new EcsStartedTasks(ecs, cluster).startedBy(taskId);
    }
}
