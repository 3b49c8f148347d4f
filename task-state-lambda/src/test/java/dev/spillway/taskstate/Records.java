package dev.spillway.taskstate;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as the driver leaves them, and news about their tasks. */
final class Records {

    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final String ARN = "arn:aws:ecs:us-east-1:000000000000:task/spillway/a";
    static final String OTHER = "arn:aws:ecs:us-east-1:000000000000:task/spillway/b";
    static final String INSTANCE = "arn:aws:ecs:us-east-1:000000000000:container-instance/spillway/i";
    static final String DEFINITION = "arn:aws:ecs:us-east-1:000000000000:task-definition/job:1";

    private Records() {}

    /** What a message asks for. */
    static TaskRequest request(
            String id, int attempts, @Nullable Duration timeout, @Nullable Duration waitDeadline, int priority) {
        ContainerWork work = new ContainerWork("job", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
        return new TaskRequest(
                new TaskId(id),
                work,
                null,
                List.of(CapacityType.EC2_SPOT, CapacityType.FARGATE),
                priority,
                new RetryPolicy(attempts, List.of()),
                timeout,
                waitDeadline);
    }

    static TaskRequest functionRequest(String id, int attempts, @Nullable Duration timeout) {
        return new TaskRequest(
                new TaskId(id),
                null,
                new FunctionWork("fn", "{}"),
                List.of(CapacityType.LAMBDA),
                0,
                new RetryPolicy(attempts, List.of()),
                timeout,
                null);
    }

    static TaskRecord launching(TaskRequest request) {
        return TaskRecord.first(
                        request.taskId(), TaskStatus.LAUNCHING, NOW.minusSeconds(60), NOW.minusSeconds(60), "accepted")
                .request(request)
                .needs(new TaskNeeds(new TaskSize(256, 512), true, request.capacity()))
                .attempt(1)
                .launch(1)
                .claim("claim-1")
                .capacityType(request.capacity().getFirst())
                .dueAt(NOW.plus(Timings.LEASE))
                .build();
    }

    static TaskNeeds needs(CapacityType... capacity) {
        return new TaskNeeds(new TaskSize(256, 512), true, List.of(capacity));
    }

    static TaskRecord waiting(TaskRequest request) {
        return launching(request).toBuilder()
                .become(TaskStatus.WAITING, NOW.minusSeconds(50), "no room")
                .reason("no room")
                .claim(null)
                .dueAt(NOW.plusSeconds(3_000))
                .build();
    }

    /** RunTask gave no answer: the task may run. */
    static TaskRecord unanswered(TaskRequest request) {
        return waiting(request).toBuilder()
                .replayLaunch(true)
                .notBefore(NOW.plusSeconds(20))
                .dueAt(NOW.plusSeconds(20))
                .build();
    }

    static TaskRecord placed(TaskRequest request) {
        boolean onLambda = request.function() != null;
        return launching(request).toBuilder()
                .become(TaskStatus.PLACED, NOW.minusSeconds(40), "placed")
                .claim(null)
                .taskArn(onLambda ? "request-1" : ARN)
                .containerInstanceArn(onLambda ? null : INSTANCE)
                .placedAt(NOW.minusSeconds(40))
                .dueAt(NOW.plusSeconds(260))
                .build();
    }

    static TaskRecord running(TaskRequest request) {
        return placed(request).toBuilder()
                .become(TaskStatus.RUNNING, NOW.minusSeconds(30), "running")
                .startedAt(NOW.minusSeconds(30))
                .eventVersion(3)
                .dueAt(NOW.plusSeconds(270))
                .build();
    }

    static TaskRecord ended(TaskRequest request, TaskStatus end) {
        return running(request).toBuilder()
                .end(end, "the end", NOW.minusSeconds(5), Duration.ofDays(14))
                .eventVersion(6)
                .build();
    }

    /** Accepted by a capacity provider that has no instance for it. */
    static TaskRecord withoutInstance(TaskRequest request) {
        return placed(request).toBuilder().containerInstanceArn(null).dueAt(NOW).build();
    }

    static TaskChange provisioning(String arn) {
        return new TaskChange(arn, 1, "PROVISIONING", DEFINITION, "EC2", null, null, "", List.of(), null, null);
    }

    /** One that was stopped before it had an instance. */
    static TaskChange stoppedWithoutInstance(String arn, String reason) {
        return new TaskChange(
                arn, 4, "STOPPED", DEFINITION, "EC2", null, "UserInitiated", reason, List.of(), null, NOW);
    }

    /** ECS did not find an instance for it. */
    static TaskChange givenUp(String arn, String reason) {
        return new TaskChange(
                arn, 4, "STOPPED", DEFINITION, "EC2", null, "TaskFailedToStart", reason, List.of(), null, NOW);
    }

    static TaskChange news(String arn, long version, String lastStatus) {
        return new TaskChange(
                arn, version, lastStatus, DEFINITION, null, INSTANCE, null, "", List.of(), NOW.minusSeconds(30), null);
    }

    static TaskChange pending(String arn) {
        return new TaskChange(arn, 2, "PENDING", DEFINITION, null, INSTANCE, null, "", List.of(), null, null);
    }

    static TaskChange exited(String arn, int exitCode) {
        return stopped(
                arn,
                "EssentialContainerExited",
                "Essential container in task exited",
                new TaskChange.Container("main", exitCode, ""));
    }

    static TaskChange interrupted(String arn) {
        return stopped(arn, "SpotInterruption", "Your Spot Task was interrupted.");
    }

    /** Without a start, ECS gives no {@code startedAt}. */
    static TaskChange notStarted(String arn, String reason) {
        return new TaskChange(
                arn,
                6,
                "STOPPED",
                DEFINITION,
                null,
                INSTANCE,
                "TaskFailedToStart",
                reason,
                List.of(),
                null,
                NOW.minusSeconds(1));
    }

    static TaskChange stopped(String arn, String code, String reason, TaskChange.Container... containers) {
        return new TaskChange(
                arn,
                6,
                "STOPPED",
                DEFINITION,
                null,
                INSTANCE,
                code,
                reason,
                List.of(containers),
                NOW.minusSeconds(30),
                NOW.minusSeconds(1));
    }
}
