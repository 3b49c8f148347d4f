package dev.spillway.local.page;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.page.spend.Bill;
import dev.spillway.local.page.spend.Cost;
import dev.spillway.local.page.spend.Spend;
import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Annotation;
import dev.spillway.local.template.DashboardWidget.Axis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A page's world of two minutes, with a task of hostile words. */
class FakePage implements PageSource {

    static final Instant START = Records.SENT;

    /** What a browser would run if it were ever taken for markup. */
    static final String HOSTILE = "<img src=x onerror=document.title='broken'>";

    private static final int POINTS = 120;
    private static final TaskLine HOSTILE_LINE =
            new TaskLine(HOSTILE, "FAILED", "EC2", START, null, START.plusSeconds(9), 3, HOSTILE);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Map<CapacityType, Integer> ON_CAPACITY = Map.of(CapacityType.EC2, 3, CapacityType.FARGATE, 2);

    @Nullable
    TaskFilter asked;

    @Nullable
    Duration spanAsked;

    @Override
    public Now now() {
        Bill paid = Bill.NOTHING.plus(new Cost.Known(1.25)).plus(new Cost.NoPrice("m5.large"));
        Spend spend = new Spend(paid, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING, paid);
        About about = new About("this machine", 1, false, "", "aws sqs send-message", "Prices of a day.");
        return new Now(
                about,
                START.plusSeconds(POINTS),
                Map.of(TaskStatus.FAILED, 1, TaskStatus.WAITING, 2),
                ON_CAPACITY,
                Duration.ofMillis(1_500),
                List.of(
                        new InstanceCount(CapacityKind.SPOT, InstanceCount.State.ACTIVE, 2),
                        new InstanceCount(CapacityKind.ON_DEMAND, InstanceCount.State.STARTING, 1)),
                spend);
    }

    @Override
    public List<Point> points(Instant after) {
        return IntStream.rangeClosed(1, POINTS)
                .mapToObj(second -> new Point(START.plusSeconds(second), ON_CAPACITY, second / 100.0, second / 50.0))
                .filter(point -> point.at().isAfter(after))
                .toList();
    }

    /** One widget that is drawn, with a hostile title, and one that is refused. */
    @Override
    public List<Chart> dashboard(Duration span) {
        spanAsked = span;
        DashboardWidget drawn = new DashboardWidget(
                HOSTILE, 8, 6, 16, 7, MINUTE, true, List.of(), List.of(new Annotation("alarm", 2.5, Axis.LEFT)));
        DashboardWidget refused = new DashboardWidget("Refused", 0, 6, 8, 7, MINUTE, false, List.of(), List.of());
        NavigableMap<Instant, Double> points =
                new TreeMap<>(Map.of(START, 4.0, START.plus(MINUTE.multipliedBy(2)), 0.5));
        return List.of(
                new Chart(
                        drawn,
                        START,
                        START.plusSeconds(POINTS + 1),
                        new Chart.Lines(List.of(
                                new Chart.Line("done", Axis.LEFT, points),
                                new Chart.Line("nobody's", Axis.RIGHT, new TreeMap<>())))),
                new Chart(refused, START, START.plusSeconds(POINTS), new Chart.Refused("Not " + HOSTILE + ".")));
    }

    @Override
    public List<TaskLine> tasks(TaskFilter filter) {
        asked = filter;
        return List.of(
                HOSTILE_LINE,
                new TaskLine("plain-task", "RUNNING", "FARGATE", START, START.plusSeconds(2), null, null, null));
    }

    @Override
    public Optional<TaskRecord> task(String taskId) {
        return taskId.equals("plain-task")
                ? Optional.of(Records.running(taskId, CapacityType.FARGATE)
                        .note(START.plusSeconds(3), HOSTILE)
                        .reason(HOSTILE)
                        .build())
                : Optional.empty();
    }
}
