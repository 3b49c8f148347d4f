package dev.spillway.driver;

import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.Materials;
import dev.spillway.driver.chain.RecentRefusals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Goes on with a task that has a record: one that waited and was released, or one whose driver ended in the middle. */
final class Resumption {

    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final TaskStore store;
    private final Materials materials;
    private final FirstLaunch firstLaunch;
    private final Steps steps;
    private final Launching launching;
    private final Supplier<String> claims;

    Resumption(
            TaskStore store,
            Materials materials,
            FirstLaunch firstLaunch,
            Steps steps,
            Launching launching,
            Supplier<String> claims) {
        this.store = store;
        this.materials = materials;
        this.firstLaunch = firstLaunch;
        this.steps = steps;
        this.launching = launching;
        this.claims = claims;
    }

    /** What a release means for the record that it finds. */
    enum Verdict {
        NOTHING_TO_DO,
        ASK_AGAIN,
        NEW_LAUNCH;

        static Verdict of(TaskRecord record, Instant now) {
            if (record.status() == TaskStatus.LAUNCHING) {
                return record.isLeased(now) ? NOTHING_TO_DO : ASK_AGAIN;
            }
            boolean tooEarly = record.notBefore() != null && now.isBefore(record.notBefore());
            if (record.status() != TaskStatus.WAITING || tooEarly) {
                return NOTHING_TO_DO;
            }
            return record.replayLaunch() ? ASK_AGAIN : NEW_LAUNCH;
        }
    }

    /** Resumes the task that a message of the release queue names. */
    Outcome resume(ReleaseMessage release, Instant now) {
        MDC.put("task_id", release.taskId().value());
        Optional<TaskRecord> found = store.find(release.taskId());
        if (found.isEmpty() || !(found.get().request() instanceof TaskRequest request)) {
            return new Outcome.Answered();
        }
        TaskRecord record = found.get();
        return switch (Verdict.of(record, now)) {
            case NOTHING_TO_DO -> new Outcome.Answered();
            case ASK_AGAIN -> takeUp(record, request, materials.of(request, now), now);
            case NEW_LAUNCH -> launchAnew(record, request, materials.of(request, now), full(release.reach()), now);
        };
    }

    /** Asks the same launch again. Whatever its first answer was, ECS gives it once more. */
    Outcome takeUp(TaskRecord record, TaskRequest request, Material material, Instant now) {
        return switch (material) {
            case Material.Ready ready -> askAgain(record, request, ready, now);
            case Material.Missing missing -> waitOn(record, FirstLaunch.unreadableWords(request, missing.why()), now);
            case Material.Contradiction contradiction -> waitOn(record, contradiction.why(), now);
        };
    }

    private Outcome askAgain(TaskRecord record, TaskRequest request, Material.Ready ready, Instant now) {
        LOG.info("taking up launch {} on {}", record.launch(), record.capacityType());
        return switch (store.update(steps.launchingAgain(record, claims.get(), now))) {
            case TaskStore.Update.Updated updated ->
                launching.launch(updated.record(), request, ready, List.of(), RecentRefusals.NONE);
            case TaskStore.Update.Conflict conflict -> new Outcome.Answered();
        };
    }

    /**
     * It was there when the launch was written; until it is back, the launch can't be asked again. To fail the task for it
     * could end one that runs.
     */
    private Outcome waitOn(TaskRecord record, String why, Instant now) {
        return store.update(steps.waitingForAnswer(record, why, now)) instanceof TaskStore.Update.Updated
                ? new Outcome.Waiting()
                : new Outcome.Answered();
    }

    private static RecentRefusals full(ReleaseMessage.Reach reach) {
        return switch (reach) {
            case ReleaseMessage.Reach.WholeChain whole -> RecentRefusals.NONE;
            case ReleaseMessage.Reach.BeyondInstances beyond -> RecentRefusals.instancesFull(beyond.roomiest());
        };
    }

    private static boolean isWaitingFor(TaskRecord record, FirstLaunch.Plan.Wait wait) {
        return wait.forRoom()
                && record.notBefore() == null
                && record.resumeAfter() == null
                && wait.reason().equals(record.reason());
    }

    private Outcome launchAnew(
            TaskRecord record, TaskRequest request, Material material, RecentRefusals full, Instant now) {
        FirstLaunch.Plan plan = firstLaunch.planOfReleased(request, material, record.resumeAfter(), full, now);
        if (plan instanceof FirstLaunch.Plan.Wait wait && isWaitingFor(record, wait)) {
            // Written each time, the same words would push everything else out of the history.
            return new Outcome.Waiting();
        }
        return switch (store.update(steps.resumed(record, material, plan, claims.get(), now))) {
            case TaskStore.Update.Updated updated -> launching.proceed(updated.record(), request, material, plan, full);
            case TaskStore.Update.Conflict conflict -> new Outcome.Answered();
        };
    }
}
