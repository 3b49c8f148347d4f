package dev.spillway.local.page.source;

import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.page.About;
import dev.spillway.local.page.Now;
import dev.spillway.local.page.PageSource;
import dev.spillway.local.page.Point;
import dev.spillway.local.page.TaskLine;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.page.spend.Spend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        this.history = new History(POINTS, spacing);
    }

    /** A record was written. */
    public void see(TaskRecord record) {
        ledger.see(record);
    }

    /** Puts what there is now into the history. */
    public void sample() {
        Instant now = clock.instant();
        Spend spend = spend(now);
        history.add(new Point(
                now,
                ledger.onCapacity(),
                spend.containers().dollars(),
                spend.fargateAlone().dollars()));
    }

    @Override
    public Now now() {
        Instant now = clock.instant();
        return new Now(
                about.get(),
                now,
                ledger.counts(),
                ledger.onCapacity(),
                ledger.oldestWait(now),
                ClusterCount.of(cluster.instanceUse().get(), cluster.instances().get()),
                spend(now));
    }

    private Spend spend(Instant now) {
        return ledger.spend(now).plus(ClusterCount.spend(cluster.instanceUse().get(), prices));
    }

    @Override
    public List<Point> points(Instant after) {
        return history.after(after);
    }

    @Override
    public List<Chart> dashboard(Duration span) {
        return cluster.dashboard().charts(clock.instant(), span);
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
