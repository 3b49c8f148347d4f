package dev.spillway.local.page;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.page.spend.Bill;
import dev.spillway.local.page.spend.Cost;
import dev.spillway.local.page.spend.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

    @Nullable
    TaskFilter asked;

    @Override
    public Now now() {
        Bill paid = Bill.NOTHING.plus(new Cost.Known(1.25)).plus(new Cost.NoPrice("m5.large"));
        Spend spend = new Spend(paid, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING, paid);
        About about = new About("this machine", 1, false, "", "aws sqs send-message", "Prices of a day.");
        return new Now(about, point(POINTS), Map.of(TaskStatus.FAILED, 1, TaskStatus.WAITING, 2), spend);
    }

    @Override
    public List<Point> points(Instant after) {
        return IntStream.rangeClosed(1, POINTS)
                .mapToObj(FakePage::point)
                .filter(point -> point.at().isAfter(after))
                .toList();
    }

    private static Point point(int second) {
        return new Point(
                START.plusSeconds(second),
                Map.of(TaskStatus.WAITING, second % 7, TaskStatus.RUNNING, 5),
                Map.of(CapacityType.EC2, 3, CapacityType.FARGATE, 2),
                Duration.ofMillis(1_500),
                List.of(
                        new InstanceCount(CapacityKind.SPOT, InstanceCount.State.ACTIVE, 2),
                        new InstanceCount(CapacityKind.ON_DEMAND, InstanceCount.State.STARTING, 1)),
                second / 100.0,
                second / 50.0);
    }

    @Override
    public List<RoomMinute> room() {
        return List.of(
                new RoomMinute(START, 4, 1, OptionalDouble.of(5)),
                new RoomMinute(START.plusSeconds(60), 0, 1, OptionalDouble.empty()));
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
