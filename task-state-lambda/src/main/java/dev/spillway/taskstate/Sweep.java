package dev.spillway.taskstate;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.taskstate.line.Line;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after every record whose time has come, once a minute. Whatever an event should have moved and did not, the
 * sweep moves. Two sweeps at the same time do no harm: every write is conditional, and every release is only a hint.
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** One run's work is bounded; what is left is overdue, and the first in the next run. */
    private static final int MOST_RECORDS = 500;

    /** No record is begun with after this: the function has 50 seconds in template.yaml, and the line is still to come. */
    private static final Duration FOR_RECORDS = Duration.ofSeconds(30);

    /** How many tasks a minute may try their luck on a capacity type beside the instances after it had no room. */
    private static final int PROBES = 10;

    /** Each is a read and a write; the others follow in the next runs. */
    private static final int MOST_STANDINGS = 50;

    private final TaskIndex index;
    private final TaskStore store;
    private final EcsTasks ecsTasks;
    private final Overdue overdue;
    private final Releases releases;
    private final Line line;
    private final Clock clock;

    Sweep(
            TaskIndex index,
            TaskStore store,
            EcsTasks ecsTasks,
            Overdue overdue,
            Releases releases,
            Line line,
            Clock clock) {
        this.index = index;
        this.store = store;
        this.ecsTasks = ecsTasks;
        this.overdue = overdue;
        this.releases = releases;
        this.line = line;
        this.clock = clock;
    }

    /**
     * One run: what is due is read, ECS is asked about the tasks that should run, and each record is moved. A failure
     * of AWS keeps back those that it is about, and nobody else: they stay due.
     */
    List<Followed> run(Instant now) {
        List<Followed> followed = new ArrayList<>();
        List<TaskId> due = index.due(now, MOST_RECORDS);
        for (int from = 0; from < due.size(); from += EcsTasks.PAGE) {
            lookAfter(due.subList(from, Math.min(from + EcsTasks.PAGE, due.size())), now, followed);
        }
        if (isLate(now)) {
            LOG.error("AWS is slow: not all of {} due tasks were looked after; the next sweep will", due.size());
            followed.add(Followed.NOT_LOOKED_AT);
        }
        attempt("the waiting line", followed, () -> {
            Line.Look look = line.afterLookAtAll(PROBES);
            // Before those are let go whose drivers would find their records changed.
            look.standings().stream()
                    .limit(MOST_STANDINGS)
                    .forEach(standing ->
                            attempt(standing.taskId().value(), followed, () -> overdue.stand(standing, now)));
            look.next()
                    .forEach(
                            taskId -> attempt(taskId.value(), followed, () -> releases.release(taskId, Duration.ZERO)));
            look.probes()
                    .forEach(probe -> attempt(
                            probe.taskId().value(), followed, () -> releases.probe(probe.taskId(), probe.roomiest())));
        });
        return followed;
    }

    private void lookAfter(List<TaskId> page, Instant now, List<Followed> followed) {
        List<TaskRecord> due = new ArrayList<>();
        for (TaskId taskId : page) {
            if (isLate(now)) {
                return;
            }
            attempt(
                    taskId.value(),
                    followed,
                    () -> store.find(taskId)
                            .filter(record -> isDue(record, now))
                            .ifPresent(due::add));
        }
        List<TaskRecord> onEcs = due.stream().filter(Sweep::isOnEcs).toList();
        due.stream()
                .filter(record -> !isOnEcs(record))
                .forEach(record -> look(record, now, followed, () -> overdue.offEcs(record, now)));
        attempt(onEcs.size() + " tasks of ECS", followed, () -> {
            EcsTasks.Answer answer = ecsTasks.describe(
                    onEcs.stream().map(TaskRecord::taskArn).distinct().toList());
            onEcs.forEach(record -> look(record, now, followed, () -> overdue.onEcs(record, answer, now)));
        });
    }

    private void look(TaskRecord record, Instant now, List<Followed> followed, Supplier<Followed> action) {
        if (isLate(now)) {
            return;
        }
        try (MDC.MDCCloseable closed =
                MDC.putCloseable("task_id", record.taskId().value())) {
            attempt(record.taskId().value(), followed, () -> followed.add(action.get()));
        }
    }

    /** Counted, not thrown: thrown, it would repeat the run for the sake of one, and keep the others from theirs. */
    private static void attempt(String what, List<Followed> followed, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("could not look after {}; the next sweep will", what, failure);
            followed.add(Followed.NOT_LOOKED_AT);
        }
    }

    private boolean isLate(Instant begun) {
        return !clock.instant().isBefore(begun.plus(FOR_RECORDS));
    }

    private static boolean isOnEcs(TaskRecord record) {
        return record.status().isOnCapacity()
                && record.capacityType() != CapacityType.LAMBDA
                && record.taskArn() != null;
    }

    private static boolean isDue(TaskRecord record, Instant now) {
        return record.dueAt() != null && !now.isBefore(record.dueAt());
    }
}
