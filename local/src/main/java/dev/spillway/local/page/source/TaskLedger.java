package dev.spillway.local.page.source;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.page.PageSource.TaskFilter;
import dev.spillway.local.page.TaskLine;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows every record that is written, so that nobody has to read the table to count. The writes of one task may come in
 * any order, and twice; the version tells. Safe for use by many threads.
 *
 * <p>A system stays up for days: the lines of tasks that ended long ago are forgotten, and stay in the counts.
 */
public final class TaskLedger {

    private static final Comparator<TaskLine> NEWEST_FIRST =
            Comparator.comparing(TaskLine::createdAt).reversed().thenComparing(TaskLine::taskId);

    private final int remembered;
    private final RunMeter meter;
    private final Map<TaskId, Seen> live = new HashMap<>();
    private final SequencedMap<TaskId, Seen> ended = new LinkedHashMap<>();
    private final Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);

    /** What is kept of a record. The whole of it is not: it may be large. */
    private record Seen(
            long version,
            TaskStatus status,
            @Nullable CapacityType capacityType,
            Instant waitingSince,
            TaskLine taskLine) {

        static Seen of(TaskRecord record) {
            return new Seen(
                    record.version(), record.status(), record.capacityType(), record.waitingSince(), line(record));
        }

        boolean isOver() {
            return status.isEnd() && status != TaskStatus.REJECTED;
        }
    }

    /**
     * A ledger of nothing.
     *
     * @param remembered of how many ended tasks there are lines, at least 1
     * @param functionMemory MiB by the name of the function
     */
    public TaskLedger(int remembered, PriceList prices, Map<String, Integer> functionMemory) {
        this.remembered = remembered;
        this.meter = new RunMeter(prices, functionMemory);
    }

    /** A record was written. */
    public synchronized void see(TaskRecord record) {
        Seen before = Optional.ofNullable(live.get(record.taskId())).orElseGet(() -> ended.get(record.taskId()));
        if (before != null && before.version >= record.version()) {
            return;
        }
        // A line that is added to the history of a task that is over is no run.
        if (before == null || !before.isOver()) {
            meter.see(record);
        }
        if (before != null) {
            counts.merge(before.status, -1, Integer::sum);
        }
        counts.merge(record.status(), 1, Integer::sum);
        live.remove(record.taskId());
        ended.remove(record.taskId());
        Seen now = Seen.of(record);
        if (!record.status().isEnd()) {
            live.put(record.taskId(), now);
            return;
        }
        ended.putLast(record.taskId(), now);
        if (ended.size() > remembered) {
            ended.pollFirstEntry();
        }
    }

    private static TaskLine line(TaskRecord record) {
        CapacityType capacityType = record.capacityType();
        boolean function = record.startedAt() == null && capacityType == CapacityType.LAMBDA;
        return new TaskLine(
                record.taskId().value(),
                record.status().name(),
                capacityType == null || record.taskArn() == null ? null : capacityType.name(),
                record.createdAt(),
                // Lambda says nothing of the start of an asynchronous invocation.
                function ? record.placedAt() : record.startedAt(),
                record.stoppedAt(),
                record.exitCode(),
                record.reason());
    }

    /** How many tasks have each status. */
    public synchronized Map<TaskStatus, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** How many tasks are on each capacity type. */
    public synchronized Map<CapacityType, Integer> onCapacity() {
        Map<CapacityType, Integer> number = new EnumMap<>(CapacityType.class);
        for (Seen seen : live.values()) {
            CapacityType type = seen.capacityType;
            if (seen.status.isOnCapacity() && type != null) {
                number.merge(type, 1, Integer::sum);
            }
        }
        return number;
    }

    /** For how long the task that has waited longest waits; zero if none does. */
    public synchronized Duration oldestWait(Instant now) {
        return live.values().stream()
                .filter(seen -> seen.status == TaskStatus.WAITING)
                .map(seen -> Duration.between(seen.waitingSince, now))
                .max(Comparator.naturalOrder())
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** What the tasks' runs have cost, without the instances that some of them ran on. */
    public synchronized Spend spend(Instant now) {
        return meter.spend(now);
    }

    /** The tasks that were sent last, newest first. */
    public synchronized List<TaskLine> newest(TaskFilter filter) {
        TaskStatus wanted = filter.status();
        return Stream.concat(live.values().stream(), ended.values().stream())
                .filter(seen -> wanted == null || seen.status == wanted)
                .map(Seen::taskLine)
                .filter(line -> line.taskId().startsWith(filter.prefix()))
                .sorted(NEWEST_FIRST)
                .limit(filter.limit())
                .toList();
    }
}
