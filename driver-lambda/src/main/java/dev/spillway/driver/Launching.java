package dev.spillway.driver;

import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.driver.chain.FallbackChain;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.RecentRefusals;
import dev.spillway.driver.chain.Refusal;
import dev.spillway.driver.chain.RefusalMemory;
import dev.spillway.driver.launch.Launch;
import dev.spillway.driver.launch.LaunchAnswer;
import dev.spillway.driver.launch.Launcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes a claimed task along its fallback chain, from one launch to the next. */
final class Launching {

    private static final Logger LOG = LoggerFactory.getLogger(Launching.class);

    private final TaskStore store;
    private final Launcher launcher;
    private final TaskStopper stopper;
    private final FreeRoom freeRoom;
    private final FallbackChain chain;
    private final RefusalMemory memory;
    private final Steps steps;
    private final Clock clock;

    Launching(
            TaskStore store,
            Launcher launcher,
            TaskStopper stopper,
            FreeRoom freeRoom,
            FallbackChain chain,
            RefusalMemory memory,
            Steps steps,
            Clock clock) {
        this.store = store;
        this.launcher = launcher;
        this.stopper = stopper;
        this.freeRoom = freeRoom;
        this.chain = chain;
        this.memory = memory;
        this.steps = steps;
        this.clock = clock;
    }

    /** Does what was decided to do first, now that it is written down. */
    Outcome proceed(
            TaskRecord record, TaskRequest request, Material material, FirstLaunch.Plan plan, RecentRefusals line) {
        return switch (plan) {
            case FirstLaunch.Plan.Ask ask -> launch(record, request, (Material.Ready) material, ask.passedOver(), line);
            case FirstLaunch.Plan.Wait wait -> {
                LOG.info("waiting: {}", wait.reason());
                yield new Outcome.Waiting();
            }
            case FirstLaunch.Plan.Fail fail -> {
                LOG.info("failed: {}", fail.reason());
                yield new Outcome.Failed();
            }
        };
    }

    /**
     * Asks for a place until there is one, or none is left to ask.
     *
     * @param claimed a record in {@code LAUNCHING} whose launch is written and not yet made
     * @param passedOver what was not asked on the way to this launch
     * @param line who has to be let go first
     */
    Outcome launch(
            TaskRecord claimed,
            TaskRequest request,
            Material.Ready material,
            List<Refusal> passedOver,
            RecentRefusals line) {
        List<Refusal> refusals = new ArrayList<>(passedOver);
        TaskRecord record = claimed;
        while (true) {
            CapacityType type = Objects.requireNonNull(record.capacityType());
            Optional<Refusal> refused = line.find(type, request, material);
            if (refused.isEmpty()) {
                LaunchAnswer answer = ask(record, request, material);
                if (answer instanceof LaunchAnswer.Settled settled) {
                    return settle(record, settled, clock.instant());
                }
                refused = Optional.of(remembered(record, request, material, (LaunchAnswer.NoRoom) answer));
            }
            // The calls took time: the record is stamped with the instant of their answer.
            Instant now = clock.instant();
            refusals.add(refused.get());
            FallbackChain.Choice choice =
                    chain.after(type, request, material, memory.at(now).or(line));
            refusals.addAll(choice.passedOver());
            if (!(choice instanceof FallbackChain.Choice.Ask ask)) {
                return end(steps.waitingForRoom(record, explained(refusals, request, now), now));
            }
            TaskRecord next = steps.launchingNext(
                    record,
                    Objects.requireNonNull(record.claim()),
                    ask.capacityType(),
                    refused.get().sentence(),
                    now);
            if (!(store.update(next) instanceof TaskStore.Update.Updated updated)) {
                return new Outcome.Answered();
            }
            record = updated.record();
        }
    }

    private LaunchAnswer ask(TaskRecord record, TaskRequest request, Material.Ready material) {
        MDC.put("launch", Integer.toString(record.launch()));
        MDC.put("capacity_type", String.valueOf(record.capacityType()));
        return launcher.launch(launchOf(record, request, material));
    }

    private Outcome settle(TaskRecord record, LaunchAnswer.Settled answer, Instant now) {
        return switch (answer) {
            case LaunchAnswer.Placed placed -> placed(record, placed, now);
            case LaunchAnswer.Unanswered unanswered -> end(steps.waitingForAnswer(record, unanswered.words(), now));
            case LaunchAnswer.Impossible impossible -> end(steps.failed(record, impossible.words(), now));
        };
    }

    private static Launch launchOf(TaskRecord record, TaskRequest request, Material.Ready material) {
        CapacityType type = Objects.requireNonNull(record.capacityType());
        return type == CapacityType.LAMBDA
                ? new Launch.OnLambda(
                        record.taskId(), record.launch(), record.attempt(), Objects.requireNonNull(request.function()))
                : new Launch.OnEcs(
                        record.taskId(),
                        record.launch(),
                        record.attempt(),
                        type,
                        Objects.requireNonNull(request.container()),
                        Objects.requireNonNull(material.definition()),
                        Objects.requireNonNull(material.size()));
    }

    private Refusal remembered(
            TaskRecord record, TaskRequest request, Material.Ready material, LaunchAnswer.NoRoom answer) {
        Refusal.NoRoom refusal = new Refusal.NoRoom(
                Objects.requireNonNull(record.capacityType()),
                material.size(),
                answer.reasons(),
                answer.instanceArns(),
                null);
        memory.remember(refusal, request, clock.instant());
        LOG.info("{}", refusal.sentence());
        return refusal;
    }

    /** A task that has to wait is worth one more call, to say how much room there would be. */
    private List<Refusal> explained(List<Refusal> refusals, TaskRequest request, Instant now) {
        List<Refusal> explained = new ArrayList<>();
        for (Refusal refusal : refusals) {
            if (refusal instanceof Refusal.NoRoom noRoom
                    && !noRoom.instanceArns().isEmpty()) {
                Refusal.NoRoom withRoom = noRoom.withRoomiest(freeRoom.roomiest(noRoom.instanceArns()));
                memory.remember(withRoom, request, now);
                explained.add(withRoom);
            } else {
                explained.add(refusal);
            }
        }
        return explained;
    }

    /** Writes an end of the chain. If somebody else has moved the record meanwhile, theirs stands. */
    private Outcome end(TaskRecord next) {
        if (!(store.update(next) instanceof TaskStore.Update.Updated)) {
            return new Outcome.Answered();
        }
        LOG.info("{}: {}", next.status(), next.reason());
        return next.status() == TaskStatus.FAILED ? new Outcome.Failed() : new Outcome.Waiting();
    }

    /** Writes the place down, or stops what was started if the record does not want it any more. */
    private Outcome placed(TaskRecord record, LaunchAnswer.Placed answer, Instant now) {
        TaskRecord next = steps.placed(record, answer, now);
        while (store.update(next) instanceof TaskStore.Update.Conflict conflict) {
            TaskRecord current = conflict.current();
            if (current != null && current.knows(answer.arn())) {
                // An event of the task was faster than this update, or another driver asked the same launch.
                break;
            }
            if (current == null || !isStillOpen(current, record)) {
                giveBack(record, answer, current);
                return new Outcome.Answered();
            }
            next = steps.placed(current, answer, now);
        }
        CapacityType type = Objects.requireNonNull(record.capacityType());
        TaskNeeds needs = next.needs();
        LOG.info("placed on {}", type);
        return new Outcome.Placed(
                type, needs != null && needs.prefersInstancesTo(type), Duration.between(record.waitingSince(), now));
    }

    /** Stops what nobody wants any more. An invocation cannot be stopped; its end is told and finds nothing to move. */
    private void giveBack(TaskRecord record, LaunchAnswer.Placed answer, @Nullable TaskRecord current) {
        LOG.warn(
                "{} is not wanted: the record has moved on to {}",
                answer.arn(),
                current == null ? "nothing" : current.status());
        if (record.capacityType() != CapacityType.LAMBDA) {
            stopper.stop(answer.arn(), "launch " + record.launch() + " of task " + record.taskId() + " is not wanted");
        }
    }

    /** Whether the record still waits for the answer to this very launch, under whatever status. */
    private static boolean isStillOpen(TaskRecord current, TaskRecord launched) {
        boolean asking = current.status() == TaskStatus.LAUNCHING || current.replayLaunch();
        return asking && current.launch() == launched.launch() && current.taskArn() == null;
    }
}
