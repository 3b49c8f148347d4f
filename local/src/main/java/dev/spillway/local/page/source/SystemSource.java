package dev.spillway.local.page.source;

import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.page.About;
import dev.spillway.local.page.InstanceCount;
import dev.spillway.local.page.Now;
import dev.spillway.local.page.PageSource;
import dev.spillway.local.page.Point;
import dev.spillway.local.page.RoomMinute;
import dev.spillway.local.page.TaskLine;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.page.spend.Spend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the page is shown of any local system that says what it writes. */
public final class SystemSource implements PageSource {

    /** Of ended tasks. One line is less than a kilobyte. */
    private static final int REMEMBERED_TASKS = 20_000;

    /** More than a screen has pixels across. */
    private static final int POINTS = 2_400;

    private final ClusterView cluster;
    private final Clock clock;
    private final Function<TaskId, Optional<TaskRecord>> records;
    private final Supplier<About> about;
    private final PriceList prices;
    private final TaskLedger ledger;
    private final Room room;
    private final History history;

    /**
     * A source that has seen nothing yet.
     *
     * @param clock of the system
     * @param records for example {@link TaskStore#find}
     * @param prices to count with
     * @param spacing how often something is worth to be seen
     */
    public SystemSource(
            ClusterView cluster,
            Clock clock,
            Function<TaskId, Optional<TaskRecord>> records,
            Supplier<About> about,
            Prices prices,
            Duration spacing) {
        this.cluster = cluster;
        this.clock = clock;
        this.records = records;
        this.about = about;
        this.prices = new PriceList(prices);
        this.ledger = new TaskLedger(REMEMBERED_TASKS, this.prices, cluster.functionMemory());
        this.room = new Room(cluster);
        this.history = new History(POINTS, spacing);
    }

    /** A record was written. */
    public void see(TaskRecord record) {
        ledger.see(record);
    }

    /** Puts what there is now into the history. */
    public void sample() {
        Instant now = clock.instant();
        history.add(point(now, spend(now)));
    }

    @Override
    public Now now() {
        Instant now = clock.instant();
        Spend spend = spend(now);
        return new Now(about.get(), point(now, spend), ledger.counts(), spend);
    }

    private Spend spend(Instant now) {
        return ledger.spend(now).plus(ClusterCount.spend(cluster.instanceUse().get(), prices));
    }

    private Point point(Instant now, Spend spend) {
        Map<TaskStatus, Integer> live = new EnumMap<>(TaskStatus.class);
        ledger.counts().forEach((status, count) -> {
            if (!status.isEnd()) {
                live.put(status, count);
            }
        });
        List<InstanceUse> uses = cluster.instanceUse().get();
        List<InstanceCount> instances =
                ClusterCount.of(uses, cluster.instances().get());
        return new Point(
                now,
                live,
                ledger.onCapacity(),
                ledger.oldestWait(now),
                instances,
                spend.containers().dollars(),
                spend.fargateAlone().dollars());
    }

    @Override
    public List<Point> points(Instant after) {
        return history.after(after);
    }

    @Override
    public List<RoomMinute> room() {
        return room.minutes(clock.instant());
    }

    @Override
    public List<TaskLine> tasks(TaskFilter filter) {
        return ledger.newest(filter);
    }

    @Override
    public Optional<TaskRecord> task(String taskId) {
        return TaskId.isValid(taskId) ? records.apply(new TaskId(taskId)) : Optional.empty();
    }
}
