package dev.spillway.local.cli.run;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records for tests, as the functions would write them. */
public final class Records {

    public static final Instant SENT = Instant.parse("2026-11-01T10:00:00Z");

    /** What no output may ever hold. */
    public static final String SECRET = "hunter2";

    private Records() {}

    /** A record of an accepted message, one second after it was sent. */
    public static TaskRecord.Builder accepted(String taskId) {
        return TaskRecord.first(new TaskId(taskId), TaskStatus.LAUNCHING, SENT, SENT.plusSeconds(1), "accepted")
                .request(request(taskId))
                .attempt(1)
                .launch(1)
                .version(1);
    }

    /** A task that runs on the capacity type since two seconds after its message was sent. */
    public static TaskRecord.Builder running(String taskId, CapacityType capacityType) {
        return accepted(taskId)
                .become(TaskStatus.RUNNING, SENT.plusSeconds(2), "running on " + capacityType)
                .capacityType(capacityType)
                .taskArn("arn:aws:ecs:us-east-1:000000000000:task/spillway/" + taskId)
                .placedAt(SENT.plusMillis(1_500))
                .startedAt(SENT.plusSeconds(2))
                .version(2);
    }

    /** A task that ran for three seconds. */
    public static TaskRecord.Builder ended(String taskId, TaskStatus end, int exitCode) {
        return running(taskId, CapacityType.EC2)
                .become(end, SENT.plusSeconds(5), "ended")
                .reason("exit code " + exitCode)
                .exitCode(exitCode)
                .stoppedAt(SENT.plusSeconds(5))
                .version(3);
    }

    public static TaskRecord succeeded(String taskId) {
        return ended(taskId, TaskStatus.SUCCEEDED, 0).build();
    }

    public static TaskRecord failed(String taskId) {
        return ended(taskId, TaskStatus.FAILED, 3).build();
    }

    public static TaskRecord waiting(String taskId) {
        return accepted(taskId)
                .become(TaskStatus.WAITING, SENT.plusSeconds(2), "no room")
                .reason("EC2 has no room for 256 CPU units and 512 MiB")
                .version(2)
                .build();
    }

    /** The record of a message that was not accepted, but whose id could be read. */
    public static TaskRecord rejected(String taskId) {
        return TaskRecord.first(new TaskId(taskId), TaskStatus.REJECTED, SENT, SENT.plusSeconds(1), "rejected")
                .reason("comand: not known")
                .version(1)
                .build();
    }

    private static TaskRequest request(String taskId) {
        ContainerWork work = new ContainerWork(
                "spillway-word-count",
                null,
                List.of("echo", SECRET),
                Map.of("PASSWORD", SECRET),
                512,
                1024,
                new Placement(
                        List.of(
                                new Placement.Constraint.MemberOf("attribute:ecs.os-type == linux"),
                                new Placement.Constraint.DistinctInstance()),
                        List.of(
                                new Placement.Strategy(Placement.Strategy.Type.BINPACK, "memory"),
                                new Placement.Strategy(Placement.Strategy.Type.RANDOM, ""))),
                Map.of("team", "prose"));
        return new TaskRequest(
                new TaskId(taskId),
                work,
                null,
                List.of(CapacityType.EC2, CapacityType.FARGATE),
                10,
                new RetryPolicy(2, List.of(new RetryRule.OnExitCode(Set.of(3), RetryRule.Action.FAIL))),
                Duration.ofMinutes(5),
                null);
    }
}
