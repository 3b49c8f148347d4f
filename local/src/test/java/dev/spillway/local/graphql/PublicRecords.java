package dev.spillway.local.graphql;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records with and without what a record may lack. */
final class PublicRecords {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** In the command and in the environment of each request. */
    static final String SECRET = "hunter2";

    private static final String ARN = "arn:aws:ecs:us-east-1:012345678910:";

    private PublicRecords() {}

    /** A new task. */
    static TaskRecord.Builder launching(String id) {
        ContainerWork work = new ContainerWork(
                "render",
                null,
                List.of("login", SECRET),
                Map.of("PASSWORD", SECRET),
                null,
                null,
                Placement.ANYWHERE,
                Map.of());
        List<CapacityType> chain = List.of(CapacityType.EC2_SPOT, CapacityType.FARGATE);
        return TaskRecord.first(new TaskId(id), TaskStatus.LAUNCHING, NOON, NOON.plusMillis(20), "launch 1 on EC2_SPOT")
                .request(new TaskRequest(new TaskId(id), work, null, chain, 7, RetryPolicy.NONE, null, null))
                .needs(new TaskNeeds(new TaskSize(0, 512), true, chain))
                .attempt(1)
                .launch(1)
                .capacityType(CapacityType.EC2_SPOT)
                .dueAt(NOON.plusSeconds(60))
                .version(1);
    }

    /** A task that has run, with everything that a record can have. */
    static TaskRecord failed(String id) {
        return launching(id)
                .taskArn(ARN + "task/spillway/1")
                .containerInstanceArn(ARN + "container-instance/spillway/2")
                .placedAt(NOON.plusSeconds(1))
                .startedAt(NOON.plusSeconds(2))
                .stoppedAt(NOON.plusSeconds(3))
                .exitCode(137)
                .become(TaskStatus.FAILED, NOON.plusSeconds(4), "\"main\" ended with exit code 137 <here>")
                .reason("\"main\" ended with exit code 137 <here>")
                .dueAt(null)
                .build();
    }

    /** A message that could not be accepted, with as little as a record can have. */
    static TaskRecord rejected(String id) {
        return TaskRecord.first(new TaskId(id), TaskStatus.REJECTED, NOON, NOON, "no such field")
                .version(1)
                .build();
    }

    /** A task of a status since an instant. */
    static TaskRecord since(Instant updatedAt, String id, TaskStatus status) {
        return TaskRecord.first(new TaskId(id), status, NOON, updatedAt, "over")
                .capacityType(CapacityType.FARGATE)
                .reason("because of " + id)
                .version(1)
                .build();
    }
}
