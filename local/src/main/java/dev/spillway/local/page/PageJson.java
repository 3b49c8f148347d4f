package dev.spillway.local.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.record.RecordJson;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.page.spend.Bill;
import dev.spillway.local.page.spend.Spend;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The answers of the page's server. Times are milliseconds since 1970, money is US dollars. */
final class PageJson {

    private static final double MILLIS = 1_000;

    private PageJson() {}

    static ObjectNode now(Now now) {
        About about = now.about();
        ObjectNode json = object();
        json.put("title", about.title())
                .put("speed", about.speed())
                .put("simulatedTime", about.simulatedTime())
                .put("note", about.note())
                .put("firstTask", about.firstTask())
                .put("prices", about.prices())
                .put("at", now.point().at().toEpochMilli())
                .put("oldestWaitSeconds", now.point().oldestWait().toMillis() / MILLIS);
        ObjectNode tasks = json.putObject("tasks");
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(status.name(), now.tasks().getOrDefault(status, 0));
        }
        ObjectNode onCapacity = json.putObject("onCapacity");
        for (CapacityType type : CapacityType.values()) {
            onCapacity.put(type.name(), now.point().onCapacity().getOrDefault(type, 0));
        }
        ArrayNode instances = json.putArray("instances");
        now.point()
                .instances()
                .forEach(same -> instances
                        .addObject()
                        .put("kind", same.kind().name())
                        .put("state", same.state().name())
                        .put("count", same.count()));
        json.set("spend", spend(now.spend()));
        return json;
    }

    private static ObjectNode spend(Spend spend) {
        ObjectNode json = object();
        json.set("fargate", bill(spend.fargate()));
        json.set("spot", bill(spend.spot()));
        json.set("onDemand", bill(spend.onDemand()));
        json.set("lambda", bill(spend.lambda()));
        json.set("containers", bill(spend.containers()));
        json.set("fargateAlone", bill(spend.fargateAlone()));
        return json;
    }

    private static ObjectNode bill(Bill bill) {
        ObjectNode json = object().put("dollars", bill.dollars());
        bill.withoutPrice().forEach(json.putArray("withoutPrice")::add);
        return json;
    }

    /** Column by column, as charts take them. */
    static ObjectNode series(List<Point> points) {
        ObjectNode json = object();
        times(json.putArray("at"), points.stream().map(Point::at).toList());
        ObjectNode columns = json.putObject("columns");
        for (TaskStatus status : TaskStatus.values()) {
            if (!status.isEnd()) {
                column(columns, status.name(), points, p -> p.live().getOrDefault(status, 0));
            }
        }
        for (CapacityType type : CapacityType.values()) {
            column(columns, "on" + type.name(), points, p -> p.onCapacity().getOrDefault(type, 0));
        }
        for (CapacityKind kind : CapacityKind.values()) {
            for (InstanceCount.State state : InstanceCount.State.values()) {
                column(columns, kind.name() + state.name(), points, p -> instances(p, kind, state));
            }
        }
        column(columns, "oldestWaitSeconds", points, p -> p.oldestWait().toMillis() / MILLIS);
        column(columns, "paid", points, Point::paid);
        column(columns, "fargateAlone", points, Point::fargateAlone);
        return json;
    }

    private static int instances(Point point, CapacityKind kind, InstanceCount.State state) {
        return point.instances().stream()
                .filter(same -> same.kind() == kind && same.state() == state)
                .mapToInt(InstanceCount::count)
                .sum();
    }

    static ObjectNode room(List<RoomMinute> minutes) {
        ObjectNode json = object();
        times(json.putArray("at"), minutes.stream().map(RoomMinute::at).toList());
        ObjectNode columns = json.putObject("columns");
        column(columns, "schedulable", minutes, RoomMinute::schedulable);
        column(columns, "low", minutes, RoomMinute::low);
        ArrayNode high = columns.putArray("high");
        minutes.forEach(minute -> minute.high().ifPresentOrElse(value -> add(high, value), high::addNull));
        return json;
    }

    static ObjectNode tasks(List<TaskLine> lines) {
        ObjectNode json = object();
        ArrayNode tasks = json.putArray("tasks");
        for (TaskLine line : lines) {
            ObjectNode task = tasks.addObject();
            task.put("taskId", line.taskId()).put("status", line.status());
            task.put("createdAt", line.createdAt().toEpochMilli());
            RecordJson.putIfKnown(task, "capacityType", line.capacityType());
            RecordJson.putIfKnown(task, "exitCode", line.exitCode());
            RecordJson.putIfKnown(task, "reason", line.reason());
            if (line.startedAt() != null) {
                task.put("startedAt", line.startedAt().toEpochMilli());
            }
            if (line.stoppedAt() != null) {
                task.put("stoppedAt", line.stoppedAt().toEpochMilli());
            }
        }
        return json;
    }

    private static void times(ArrayNode to, List<Instant> times) {
        times.forEach(at -> to.add(at.toEpochMilli()));
    }

    private static <T> void column(ObjectNode to, String name, List<T> rows, ToDoubleFunction<T> value) {
        ArrayNode column = to.putArray(name);
        rows.forEach(row -> add(column, value.applyAsDouble(row)));
    }

    /** Most are counts: without a point they take half the room. */
    private static void add(ArrayNode to, double number) {
        if (number == Math.rint(number)) {
            to.add((long) number);
        } else {
            to.add(number);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
