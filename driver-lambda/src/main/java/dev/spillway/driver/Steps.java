package dev.spillway.driver;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.driver.chain.FallbackChain;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.Refusal;
import dev.spillway.driver.launch.LaunchAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a record that the driver makes: a record in, the next record out. Each launch number is in the record
 * before the call that uses it; that is what makes a crash at any point harmless.
 */
final class Steps {

    private final FallbackChain chain;
    private final Duration patience;
    private final Duration retention;

    /**
     * @param patience how long ECS may look for an instance for a task that it has accepted
     * @param retention how long the table keeps a task that has ended
     */
    Steps(FallbackChain chain, Duration patience, Duration retention) {
        this.chain = chain;
        this.patience = patience;
        this.retention = retention;
    }

    /** A new task, with its first launch written in it if one is to be made. */
    TaskRecord first(
            TaskRequest request, Instant sentAt, Material material, FirstLaunch.Plan plan, String claim, Instant now) {
        return switch (plan) {
            case FirstLaunch.Plan.Ask ask -> {
                String what = "accepted; asking " + ask.capacityType() + because(ask.passedOver());
                yield begun(TaskStatus.LAUNCHING, request, material, sentAt, what, now)
                        .launch(1)
                        .claim(claim)
                        .capacityType(ask.capacityType())
                        .dueAt(now.plus(Timings.LEASE))
                        .build();
            }
            case FirstLaunch.Plan.Wait wait -> {
                TaskRecord begun = begun(
                                TaskStatus.WAITING, request, material, sentAt, "accepted; " + wait.reason(), now)
                        .build();
                yield parked(begun.toBuilder(), begun, wait, now).build();
            }
            case FirstLaunch.Plan.Fail fail ->
                begun(TaskStatus.FAILED, request, material, sentAt, fail.reason(), now)
                        .reason(fail.reason())
                        .stoppedAt(now)
                        .expiresAt(now.plus(retention))
                        .build();
        };
    }

    /** The same, where an earlier message of the same id was rejected and has left its record. */
    TaskRecord anew(TaskRecord rejected, TaskRecord first, Instant now) {
        return first.toBuilder()
                .version(rejected.version())
                .note(now, "an earlier message of this id was rejected: " + rejected.reason())
                .build();
    }

    /** A waiting task that was released: the next launch, or what else was decided. */
    TaskRecord resumed(TaskRecord record, Material material, FirstLaunch.Plan plan, String claim, Instant now) {
        TaskRecord known = record.request() instanceof TaskRequest request && material instanceof Material.Ready ready
                ? record.toBuilder().needs(chain.needs(request, ready)).build()
                : record;
        return switch (plan) {
            case FirstLaunch.Plan.Ask ask ->
                launchingNext(known, claim, ask.capacityType(), "released" + because(ask.passedOver()), now);
            case FirstLaunch.Plan.Wait wait ->
                parked(known.toBuilder().become(TaskStatus.WAITING, now, wait.reason()), known, wait, now)
                        .build();
            case FirstLaunch.Plan.Fail fail -> failed(known, fail.reason(), now);
        };
    }

    private TaskRecord.Builder begun(
            TaskStatus status, TaskRequest request, Material material, Instant sentAt, String what, Instant now) {
        return TaskRecord.first(request.taskId(), status, sentAt, now, what)
                .request(request)
                .needs(material instanceof Material.Ready ready ? chain.needs(request, ready) : null)
                .attempt(1);
    }

    private static TaskRecord.Builder parked(
            TaskRecord.Builder builder, TaskRecord record, FirstLaunch.Plan.Wait wait, Instant now) {
        Instant retry = wait.forRoom() ? null : now.plus(Timings.backoff(record));
        return builder.reason(wait.reason())
                .resumeAfter(null)
                .notBefore(retry)
                .dueAt(retry == null ? Timings.nextLookAtWaiting(record, now) : retry);
    }

    /** The next launch of a task: another capacity type, or a new try. It needs a new number. */
    TaskRecord launchingNext(TaskRecord record, String claim, CapacityType next, String why, Instant now) {
        return record.toBuilder()
                .become(TaskStatus.LAUNCHING, now, why + "; asking " + next)
                .launch(record.launch() + 1)
                .replayLaunch(false)
                .claim(claim)
                .capacityType(next)
                .resumeAfter(null)
                .notBefore(null)
                .dueAt(now.plus(Timings.LEASE))
                .build();
    }

    /** The same launch again, because nobody knows what AWS said to it. It keeps its number. */
    TaskRecord launchingAgain(TaskRecord record, String claim, Instant now) {
        return record.toBuilder()
                .become(
                        TaskStatus.LAUNCHING,
                        now,
                        "asking " + record.capacityType() + " again: the last answer is lost")
                .claim(claim)
                .notBefore(null)
                .dueAt(now.plus(Timings.LEASE))
                .build();
    }

    /** AWS said yes. */
    TaskRecord placed(TaskRecord record, LaunchAnswer.Placed answer, Instant now) {
        boolean lacksInstance = lacksInstance(record, answer.containerInstanceArn());
        String where = lacksInstance
                ? "accepted for " + record.capacityType() + "; ECS has no instance for it yet"
                : "placed on " + record.capacityType();
        TaskRecord placed = record.toBuilder()
                .become(TaskStatus.PLACED, now, where)
                .replayLaunch(false)
                .claim(null)
                .taskArn(answer.arn())
                .containerInstanceArn(answer.containerInstanceArn())
                .eventVersion(0)
                .placedAt(now)
                .notBefore(null)
                .reason(lacksInstance ? where : null)
                .build();
        return placed.toBuilder().dueAt(nextLookAtPlaced(placed, now)).build();
    }

    /** Nothing in the chain has room. */
    TaskRecord waitingForRoom(TaskRecord record, List<Refusal> refusals, Instant now) {
        String reason = sentences(refusals);
        return record.toBuilder()
                .become(TaskStatus.WAITING, now, reason)
                .reason(reason)
                .replayLaunch(false)
                .claim(null)
                .notBefore(null)
                .dueAt(Timings.nextLookAtWaiting(record, now))
                .build();
    }

    /** AWS gave no answer; the same launch is to be asked again, and nothing else before that. */
    TaskRecord waitingForAnswer(TaskRecord record, String words, Instant now) {
        String reason = "AWS gave no answer for " + record.capacityType() + " (" + words + "); asking again";
        return record.toBuilder()
                .become(TaskStatus.WAITING, now, reason)
                .reason(reason)
                .replayLaunch(true)
                .claim(null)
                .notBefore(now.plus(Timings.backoff(record)))
                .dueAt(now.plus(Timings.backoff(record)))
                .build();
    }

    /** The task cannot be started. */
    TaskRecord failed(TaskRecord record, String reason, Instant now) {
        return record.toBuilder().end(TaskStatus.FAILED, reason, now, retention).build();
    }

    /** Somebody does not want it any more. */
    TaskRecord cancelled(TaskRecord record, String reason, Instant now) {
        return record.toBuilder()
                .end(TaskStatus.CANCELLED, reason, now, retention)
                .build();
    }

    /** A cancel message came before the message of its task, which will find this. */
    TaskRecord cancelledBeforehand(TaskId taskId, Instant sentAt, String reason, Instant now) {
        return TaskRecord.first(taskId, TaskStatus.CANCELLED, sentAt, now, reason)
                .reason(reason)
                .stoppedAt(now)
                .expiresAt(now.plus(retention))
                .build();
    }

    /** The refusals as the user reads them. */
    static String sentences(List<Refusal> refusals) {
        return refusals.stream().map(Refusal::sentence).collect(Collectors.joining("; "));
    }

    private Instant nextLookAtPlaced(TaskRecord placed, Instant now) {
        boolean onLambda = placed.capacityType() == CapacityType.LAMBDA;
        Instant look = now.plus(onLambda ? Timings.RECONCILE_FUNCTION : Timings.RECONCILE);
        Instant deadline = onLambda ? Timings.functionDeadline(placed) : instanceDeadline(placed);
        return Timings.earlier(deadline, look);
    }

    private Instant instanceDeadline(TaskRecord placed) {
        return lacksInstance(placed, placed.containerInstanceArn())
                ? Timings.provisioningDeadline(placed, patience)
                : Instant.MAX;
    }

    /** Whether ECS has accepted the task and looks for an instance. */
    private boolean lacksInstance(TaskRecord record, @Nullable String containerInstanceArn) {
        return chain.hasProviders()
                && containerInstanceArn == null
                && record.capacityType() instanceof CapacityType type
                && type.isEc2();
    }

    private static String because(List<Refusal> passedOver) {
        return passedOver.isEmpty() ? "" : ", because " + sentences(passedOver);
    }
}
