package dev.spillway.local.page.source;

import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Run;
import dev.spillway.local.page.spend.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the runs of tasks cost, lost ones included: a record tells of one run only, so each run is followed while it is the
 * record's. Guarded by the lock of its {@link TaskLedger}.
 */
final class RunMeter {

    private final PriceList prices;
    private final Map<String, Integer> functionMemory;
    private final Map<TaskId, Open> open = new HashMap<>();
    private Spend closed = Spend.NOTHING;

    /** A run that has not ended, as its record told. */
    private record Open(String arn, TaskRecord record, Instant placedAt) {}

    RunMeter(PriceList prices, Map<String, Integer> functionMemory) {
        this.prices = prices;
        this.functionMemory = Map.copyOf(functionMemory);
    }

    /** A record was written; the records of one task come in the order of their versions. */
    void see(TaskRecord record) {
        Open before = open.get(record.taskId());
        if (before != null && !before.arn.equals(record.taskArn())) {
            close(before, record.updatedAt());
        }
        Optional<Open> now = open(record);
        now.ifPresentOrElse(run -> open.put(record.taskId(), run), () -> open.remove(record.taskId()));
        if (record.status().isEnd() && open.remove(record.taskId()) instanceof Open last) {
            close(last, Objects.requireNonNullElse(record.stoppedAt(), record.updatedAt()));
        }
    }

    /** All runs, the open ones up to now. */
    Spend spend(Instant now) {
        Spend all = closed;
        for (Open run : open.values()) {
            all = all.plus(cost(run, now));
        }
        return all;
    }

    private static Optional<Open> open(TaskRecord record) {
        String arn = record.taskArn();
        Instant placedAt = record.placedAt();
        return arn == null || placedAt == null || record.capacityType() == null
                ? Optional.empty()
                : Optional.of(new Open(arn, record, placedAt));
    }

    private void close(Open run, Instant end) {
        closed = closed.plus(cost(run, end));
    }

    private Spend cost(Open run, Instant end) {
        return prices.of(new Run(
                Objects.requireNonNull(run.record.capacityType()),
                run.record.needs() == null ? null : run.record.needs().size(),
                memory(run.record),
                Duration.between(run.placedAt, end)));
    }

    private OptionalInt memory(TaskRecord record) {
        return Optional.ofNullable(record.request())
                .map(TaskRequest::function)
                .map(FunctionWork::function)
                .map(functionMemory::get)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
